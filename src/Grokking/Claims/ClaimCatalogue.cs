using Grokking.Claims.Doshi2023;
using Grokking.Claims.Gromov2023;
using Grokking.Claims.Kumar2024;
using Grokking.Claims.Liu2022;
using Grokking.Claims.Liu2023;
using Grokking.Claims.Lyu2024;
using Grokking.Claims.Power2022;
using Grokking.Claims.Prieto2025;
using Grokking.Claims.Stander2024;
using Grokking.Claims.Varma2023;

namespace Grokking.Claims;

/// <summary>Every claim of the suite. A new claim is one file and one entry here.</summary>
public static class ClaimCatalogue
{
    /// <summary>In the order of tables.</summary>
    public static IReadOnlyList<Claim> All { get; } =
    [
        new GrokkingPastOverfitting(),
        new AccuracyRisesMonotonically(),
        new LessDataTakesLonger(),
        new WeightDecayHelpsMost(),
        new DecayHalvesTheDataNeeded(),
        new SomeOperationsNeverGrok(),
        new CurvesMeetWithMoreData(),
        new LessDataTakesLongerElsewhere(),
        new RelatedOperationsAreAlike(),
        new SymmetricOperationsNeedLess(),
        new MixedOperationGeneralizes(),
        new HarderOperationsNeedMoreData(),
        new ProductInS5IsEasiest(),
        new DecayToInitializationHelpsLess(),
        new NoiseHelps(),
        new FullBatchesCanGeneralize(),
        new LearningRateWindow(),
        new EveryInterventionMemorizes(),
        new OutputRowsLieOnCircles(),
        new OutputRowsClusterInCosets(),
        new OutliersAreMemorized(),
        new GrokkedModelsAreFlatter(),
        new RepresentationPredictsAccuracy(),
        new LinearRepresentationNeedsData(),
        new DecoderRateDecidesThePhase(),
        new DecoderDecayEndsGeneralization(),
        new RepresentationMustOutpaceDecoder(),
        new NormDecidesGeneralization(),
        new LargeStartNeedsDecay(),
        new TimeIsInverseToDecay(),
        new LargerStartDelaysMore(),
        new NormRisesThenFalls(),
        new UnitsBecomePeriodicFirst(),
        new HarderSumKeepsItsLossGap(),
        new MemorizationAndGeneralizationCoexist(),
        new DecayUnlearnsWrongLabels(),
        new TooMuchDecayForgets(),
        new PruningSeparates(),
        new DecayLowersTheNeededFraction(),
        new DecayHasAWindow(),
        new GrokkingWithGrowingNorm(),
        new LazierLearnsLater(),
        new TransitionTimeFollowsStartAndDecay(),
        new NoSharpTransitionWithoutDecay(),
        new UnitsConcentrateOnCosets(),
        new EveryNetworkKnowsTheSign(),
        new MemorizationCostsMoreWithMoreData(),
        new OrthogonalGradientEndsTheDelay(),
        new OrthogonalGradientBeatsDecay(),
        new StableMaxNeedsNoDecay(),
        new FloatLossStopsEarlier(),
        new CollapseStopsGeneralization(),
    ];
}
