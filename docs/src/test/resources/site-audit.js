// What is wrong with the page as it is shown now: wider than the window, or text that is hard to read on what is behind it.
const findings = [];
const width = document.documentElement.clientWidth;

if (document.documentElement.scrollWidth > width) {
  const scrolls = (element) => element && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
  const wide = [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element.parentElement));
  findings.push(`wider than ${width}: ${document.documentElement.scrollWidth}, by ${wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 80))}`);
}

const colour = (text) => {
  const numbers = text.match(/[\d.]+(?:e-?\d+)?/g).map(Number);
  const scale = text.startsWith("color(") ? 255 : 1;
  return [numbers[0] * scale, numbers[1] * scale, numbers[2] * scale, numbers[3] ?? 1];
};
const over = (front, back) => front.slice(0, 3).map((value, i) => value * front[3] + back[i] * (1 - front[3])).concat(1);
const luminance = (rgb) => rgb.slice(0, 3)
  .map((value) => value / 255)
  .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
const contrast = (one, other) => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};

const canvas = getComputedStyle(document.documentElement).colorScheme === "dark"
  || matchMedia("(prefers-color-scheme: dark)").matches && !document.documentElement.dataset.theme
  ? [18, 18, 18, 1] : [255, 255, 255, 1];
const known = new Map();
const background = (element) => {
  if (!element) return canvas;
  if (!known.has(element)) {
    const own = colour(getComputedStyle(element).backgroundColor);
    known.set(element, own[3] === 1 ? own : over(own, background(element.parentElement)));
  }
  return known.get(element);
};
// In a drawing, what is behind a text are the shapes before it.
const shapes = (text) => {
  const box = text.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  return [...text.closest("svg").querySelectorAll("rect")].filter((rect) => {
    const area = rect.getBoundingClientRect();
    return area.left <= x && x <= area.right && area.top <= y && y <= area.bottom;
  });
};
const behind = (text) => shapes(text)
  .filter((rect) => getComputedStyle(rect).fill !== "none")
  .reduce((back, rect) => over(colour(getComputedStyle(rect).fill), back), background(text.closest("svg").parentElement));
const fitsDrawing = (text) => [...shapes(text), text.closest("svg")]
  .every((shape) => text.getBoundingClientRect().right <= shape.getBoundingClientRect().right);

const worst = new Map();
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  if (!texts.currentNode.data.trim() || element.closest("script, style, title, desc") || !element.checkVisibility()) continue;
  const drawn = element.namespaceURI.endsWith("svg");
  const style = getComputedStyle(element);
  const back = drawn ? behind(element) : background(element);
  const ratio = contrast(over(colour(drawn ? style.fill : style.color), back), back);
  if (ratio < 4.5) {
    const kind = `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} in ${element.parentElement.tagName.toLowerCase()}`;
    if (!(worst.get(kind)?.ratio < ratio)) worst.set(kind, { ratio, text: texts.currentNode.data.trim().slice(0, 40) });
  }
  if (drawn && element.getBoundingClientRect().height < 11) findings.push(`small text in a drawing: ${texts.currentNode.data}`);
  if (drawn && !fitsDrawing(element)) findings.push(`text wider than its shape: ${texts.currentNode.data}`);
}
worst.forEach(({ ratio, text }, kind) => findings.push(`contrast ${ratio.toFixed(2)} of ${kind}: ${text}`));
return findings;
