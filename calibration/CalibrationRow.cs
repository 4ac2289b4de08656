using System.Globalization;
using Grokking.Claims;
using Grokking.Curves;

namespace Grokking.Calibration;

/// <summary>A run of a calibration as a line of CSV.</summary>
internal static class CalibrationRow
{
    public const string Header =
        "claim,set,group,seed,train99,val50,val90,val99,val_at_train99,peak_val_loss,final_val_loss,best_val,best_train,last_step,weights";

    public static string Of(string claim, int set, ulong seed, TrainedGroup group, int place)
    {
        LearningCurve curve = group.Curves[place];
        int? train99 = curve.FirstCrossing(Equations.Train, CurvePoint.LearntAccuracy).By;
        CurvePoint? memorized = train99 is { } step ? curve.At(step) : null;
        string weights = string.Join(
            ';', group.Statistics.Select(statistic => string.Create(CultureInfo.InvariantCulture, $"{statistic.Key}={statistic.Value[place]:G4}")));
        FormattableString row =
            $"{claim},{set},\"{group.Name}\",{seed},{train99},{By(0.5)},{By(0.9)},{By(0.99)},{memorized?.MirrorFreeValAccuracy ?? memorized?.ValAccuracy:0.0000},{curve.PeakValLoss.ValLoss:0.0000},{curve.Final.ValLoss:0.0000},{curve.Best(Equations.Val).ValAccuracy:0.0000},{curve.Best(Equations.Train).TrainAccuracy:0.0000},{curve.LastStep},{weights}";
        return row.ToString(CultureInfo.InvariantCulture);

        int? By(double threshold) => curve.FirstCrossing(Equations.Val, threshold).By;
    }
}
