"use strict";
// Puts an interactive chart in the place of each drawn figure as it comes into view. Without this script the drawings stay.
(() => {
  const zero = 0.5; // where step 0 stands on the logarithmic axis, left of the break
  const left = 0.42;
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  const steps = value => Math.round(value).toLocaleString("en-US");
  const label = step => step >= 1e6 ? step / 1e6 + "M" : step >= 1e4 ? step / 1e3 + "k" : steps(step);
  const charts = new Map();

  // One column of steps for all seeds. A step that a seed has no evaluation at is undefined, which is no gap.
  const table = (data, ...columns) => uPlot.join(data.runs.flatMap(run => columns.map(column =>
    [run.step.map(step => step === 0 ? zero : step), run[column]])));

  const ticks = end => {
    const places = [zero];
    for (let decade = 1; decade <= end; decade *= 10)
      for (let digit = 1; digit < 10 && digit * decade <= end; digit++) places.push(digit * decade);
    return places;
  };
  const isDecade = step => step >= 1 && Number.isInteger(Math.round(Math.log10(step) * 1e9) / 1e9);

  // Zoomed in, the decades alone are too few.
  const isLabelled = (u, step) => isDecade(step) || (u.scales.x.max / u.scales.x.min < 30 && [2, 5].includes(Number(String(step)[0])));

  const series = (color, width) => ({
    stroke: color, width, spanGaps: false,
    points: { show: true, size: 4.5, stroke: color, fill: color, filter: (u, i) => u.data[0][0] === zero && u.data[i][0] != null ? [0] : [] },
    // The line stops at the break: nothing was measured between step 0 and step 1.
    gaps: (u, i, from, to, gaps) => u.data[0][0] === zero
      ? [[Math.round(u.valToPos(zero, "x", true)), Math.round(u.valToPos(1, "x", true))], ...gaps] : gaps,
  });

  const axisBreak = u => {
    const ratio = devicePixelRatio, x = (u.valToPos(zero, "x", true) + u.valToPos(1, "x", true)) / 2, y = u.bbox.top + u.bbox.height;
    const c = u.ctx;
    c.save();
    c.lineWidth = ratio;
    c.strokeStyle = css("--axis");
    c.beginPath();
    c.moveTo(u.bbox.left, y); c.lineTo(u.bbox.left + u.bbox.width, y);
    c.stroke();
    c.clearRect(x - 2 * ratio, y - ratio, 4 * ratio, 2 * ratio);
    c.beginPath();
    for (const shift of [-2, 2]) { c.moveTo(x + (shift - 1.5) * ratio, y + 3.5 * ratio); c.lineTo(x + (shift + 1.5) * ratio, y - 3.5 * ratio); }
    c.stroke();
    c.restore();
  };

  const guide = value => u => {
    if (value == null) return;
    const c = u.ctx, y = u.valToPos(value, "y", true);
    c.save();
    c.setLineDash([2 * devicePixelRatio, 4 * devicePixelRatio]);
    c.lineWidth = devicePixelRatio;
    c.strokeStyle = css("--axis");
    c.beginPath();
    c.moveTo(u.bbox.left, y); c.lineTo(u.bbox.left + u.bbox.width, y);
    c.stroke();
    c.restore();
  };

  // From the median step of memorising to that of generalising.
  const delay = data => u => {
    if (!(data.generalized > data.memorized)) return;
    const clip = step => Math.min(Math.max(u.valToPos(step, "x", true), u.bbox.left), u.bbox.left + u.bbox.width);
    const from = clip(data.memorized), to = clip(data.generalized);
    u.ctx.save();
    u.ctx.fillStyle = css("--delay");
    u.ctx.fillRect(from, u.bbox.top, to - from, u.bbox.height);
    u.ctx.restore();
  };

  const isAll = (u, min, max) => min == null || (min === u.data[0][0] && max === u.data[0].at(-1));

  const options = (data, width, height, yEnd, yValues, list, sync, guideAt, showSteps) => ({
    width, height,
    scales: { x: { time: false, distr: 3, log: 10, range: (u, min, max) => isAll(u, min, max) ? [left, data.end] : [Math.max(min, left), Math.min(max, data.end)] },
              y: { range: () => [0, yEnd] } },
    legend: { show: false },
    padding: [6, 8, showSteps ? 0 : 6, 0],
    cursor: { sync: { key: sync, setSeries: false }, y: false, points: { show: false }, drag: { x: true, y: false } },
    hooks: { drawClear: [delay(data)], drawAxes: [guide(guideAt)], draw: [axisBreak] },
    axes: [
      { size: showSteps ? 26 : 6, gap: 3, font: "11px " + css("--sans"), stroke: css("--muted"),
        splits: (u, axis, min, max) => ticks(data.end).filter(step => step >= min && step <= max), filter: (u, splits) => splits,
        values: (u, splits) => splits.map(step => !showSteps ? "" : step === zero ? "0" : isLabelled(u, step) ? label(step) : ""),
        grid: { stroke: css("--grid"), width: 1, filter: (u, splits) => splits.map(step => isDecade(step) ? step : null) },
        ticks: { stroke: css("--axis"), width: 1, size: 4 } },
      { size: 42, gap: 4, font: "11px " + css("--sans"), stroke: css("--muted"),
        splits: () => [0, yEnd / 2, yEnd], values: (u, splits) => splits.map(yValues),
        grid: { stroke: css("--grid"), width: 1 }, ticks: { show: false } },
    ],
    series: [{}, ...list],
  });

  const range = (values, text) => {
    const known = values.filter(value => value != null);
    if (known.length === 0) return "–";
    const low = text(Math.min(...known)), high = text(Math.max(...known));
    return low === high ? low : low + "–" + high;
  };
  const percent = value => (100 * value).toFixed(1);
  // What each seed showed at its last evaluation at or before a step.
  const at = (run, step, column) => {
    let found = null;
    for (let i = 0; i < run.step.length && run.step[i] <= step; i++) found = run[column][i];
    return found;
  };

  function enhance(figure) {
    const data = JSON.parse(figure.querySelector("script").textContent);
    const host = element("div", "plot");
    host.tabIndex = 0;
    host.setAttribute("role", "group");
    host.setAttribute("aria-label", data.name + ": chart. Arrow keys read values, plus and minus zoom, Escape shows everything.");
    const accuracy = element("div"), loss = element("div"), output = element("output");
    const heading = (title, keys) => {
      const made = element("h5");
      made.append(element("span", "", title), ...keys);
      return made;
    };
    host.append(heading("accuracy", [element("span", "key train", "training"), element("span", "key val", "validation")]), accuracy,
      heading("validation loss, " + data.lossUnit, [element("span", "", "")]), loss, output);
    figure.append(host);
    figure.classList.add("live");
    const width = Math.max(host.clientWidth, 240);
    const rule = "dashed: 99 %" + (data.chance == null ? "" : ", uniform guess") + " · steps on a log scale, drag to zoom";
    const say = step => {
      const real = step === zero ? 0 : step;
      output.textContent = step == null ? rule : "step " + steps(real) + ": training " + range(data.runs.map(run => at(run, real, "train")), percent)
        + " %, validation " + range(data.runs.map(run => at(run, real, "val")), percent)
        + " %, loss " + range(data.runs.map(run => at(run, real, "loss")), value => value.toPrecision(3));
    };
    say(null);
    const upper = options(data, width, 158, 1, v => v === 1 ? "100 %" : String(100 * v),
      data.runs.flatMap(() => [series(css("--train"), 1.3), series(css("--val"), 1.3)]), figure.id, 0.99, false);
    const lower = options(data, width, 126, data.lossEnd, v => String(Math.round(v * 1e4) / 1e4),
      data.runs.map(() => series(css("--loss"), 1.3)), figure.id, data.chance, true);
    upper.hooks.setCursor = [u => say(u.cursor.idx == null ? null : u.data[0][u.cursor.idx])];
    const plots = [new uPlot(upper, table(data, "train", "val"), accuracy), new uPlot(lower, table(data, "loss"), loss)];
    // A zoom of one panel is a zoom of both.
    for (const plot of plots)
      plot.hooks.setScale = [(u, key) => {
        if (key !== "x") return;
        for (const other of plots)
          if (other !== u && (other.scales.x.min !== u.scales.x.min || other.scales.x.max !== u.scales.x.max))
            other.setScale("x", { min: u.scales.x.min, max: u.scales.x.max });
      }];
    host.addEventListener("keydown", event => {
      const u = plots[0], xs = u.data[0];
      const show = index => u.setCursor({ left: u.valToPos(xs[index], "x"), top: 10 });
      const index = u.cursor.idx;
      const zoom = factor => {
        const middle = Math.log(index == null ? Math.sqrt(u.scales.x.min * u.scales.x.max) : xs[index]);
        const low = middle - (middle - Math.log(u.scales.x.min)) * factor, high = middle + (Math.log(u.scales.x.max) - middle) * factor;
        u.setScale("x", { min: Math.max(Math.exp(low), left), max: Math.min(Math.exp(high), data.end) });
      };
      if (event.key === "ArrowRight") show(index == null ? 0 : Math.min(index + 1, xs.length - 1));
      else if (event.key === "ArrowLeft") show(index == null ? xs.length - 1 : Math.max(index - 1, 0));
      else if (event.key === "Home") show(0);
      else if (event.key === "End") show(xs.length - 1);
      else if (event.key === "+" || event.key === "=") zoom(0.5);
      else if (event.key === "-") zoom(2);
      else if (event.key === "Escape") { u.setScale("x", { min: left, max: data.end }); u.setCursor({ left: -10, top: -10 }); }
      else return;
      event.preventDefault();
    });
    output.setAttribute("aria-live", "polite");
    charts.set(figure, { plots, host });
  }

  function remove(figure) {
    const chart = charts.get(figure);
    if (!chart) return;
    chart.plots.forEach(plot => plot.destroy());
    chart.host.remove();
    figure.classList.remove("live");
    charts.delete(figure);
  }

  // Curves alone: maps and the papers' figures are drawings.
  const figures = [...document.querySelectorAll("figure[id]")];
  const seen = new IntersectionObserver(entries => entries.forEach(entry => {
    if (entry.isIntersecting && !charts.has(entry.target)) enhance(entry.target);
  }), { rootMargin: "400px" });
  figures.forEach(figure => seen.observe(figure));
  const redraw = () => [...charts.keys()].forEach(figure => { remove(figure); enhance(figure); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  let timer;
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width) return; // a phone's address bar
    width = innerWidth;
    clearTimeout(timer);
    timer = setTimeout(redraw, 150);
  });
  window.grokCharts = charts; // for the browser's tests
})();
