// Looks at the page it runs in as the automatic rules of WCAG 2.2 A and AA do, and gives
// what it found as [rule, element, detail]. `arguments[0]` says what to look at: `structure`
// (once for a document), `looks` (again for each width and theme), `focus`; `scrolling` is the
// part of `looks` that depends on the width alone.
const found = [];
const say = (rule, element, detail = "") => found.push([rule, nameOf(element), String(detail)]);
const all = (css, root = document) => [...root.querySelectorAll(css)];

// A short way to find the element again: tag, id or classes, and the nearest id above it.
function nameOf(element) {
  if (!element) return "document";
  const own = (e) => e.tagName.toLowerCase() + (e.id ? `#${e.id}` : "") +
    [...e.classList].map((c) => `.${c}`).join("");
  const above = element.parentElement?.closest("[id], section, table, form, nav, header");
  const text = (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 24);
  return `${above ? `${own(above)} ` : ""}${own(element)}${text ? ` “${text}”` : ""}`;
}

const isHidden = (element) => !element.checkVisibility({ visibilityProperty: true }) ||
  element.closest("[aria-hidden=true], [inert]") !== null;

// Kept for screen readers alone: there is nothing to see of it.
function isOffSight(element) {
  for (let e = element; e && e !== document.body; e = e.parentElement) {
    const box = e.getBoundingClientRect();
    const style = getComputedStyle(e);
    if (style.position === "absolute" && (box.width <= 2 || box.height <= 2)) return true;
    if (box.bottom + scrollY <= 0 || box.right + scrollX <= 0) return true;
  }
  return false;
}

const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, " +
  "[role=button], [role=link], [role=checkbox], [role=tab], [tabindex='0']";

// The accessible name, as far as automatic rules ask for one.
function accessibleName(element, seen = new Set()) {
  if (seen.has(element)) return "";
  seen.add(element);
  const by = element.getAttribute("aria-labelledby");
  if (by) {
    const texts = by.split(/\s+/).map((id) => document.getElementById(id));
    return texts.map((e) => (e ? contentName(e, seen) : "")).join(" ").trim();
  }
  const label = element.getAttribute("aria-label");
  if (label?.trim()) return label.trim();
  if (element.labels?.length) {
    return [...element.labels].map((l) => contentName(l, seen)).join(" ").trim();
  }
  if (element.matches("input[type=submit], input[type=button]") && element.value) {
    return element.value;
  }
  if (element.matches("img, input[type=image]")) return (element.alt || "").trim();
  if (!element.matches("input, select, textarea")) {
    const content = contentName(element, seen);
    if (content) return content;
  }
  return (element.title || "").trim();
}

function contentName(element, seen) {
  let name = "";
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) name += node.data;
    else if (node.nodeType !== Node.ELEMENT_NODE) continue;
    else if (node.getAttribute("aria-hidden") === "true") continue;
    else if (node.tagName === "svg") name += svgName(node);
    else if (!node.matches("input, select, textarea, style, script")) {
      name += ` ${node.hasAttribute("aria-label") || node.tagName === "IMG"
        ? accessibleName(node, seen) : contentName(node, seen)}`;
    }
  }
  return name.replace(/\s+/g, " ").trim();
}

function svgName(svg) {
  const title = svg.querySelector(":scope > title");
  const by = svg.getAttribute("aria-labelledby");
  const pointed = by && by.split(/\s+/).map((id) => document.getElementById(id)?.textContent);
  return (svg.getAttribute("aria-label") || pointed?.join(" ") || title?.textContent || "").trim();
}

function structure() {
  const root = document.documentElement;
  if (!root.lang) say("document-language", root);
  if (!document.title.trim()) say("document-title", root);
  const viewport = document.querySelector("meta[name=viewport]")?.content ?? "";
  if (/user-scalable\s*=\s*no|maximum-scale\s*=\s*1(\D|$)/.test(viewport)) say("zoom", root);
  ids();
  references();
  images();
  tables();
  lists();
  forms();
  all("[tabindex]").filter((e) => e.tabIndex > 0).forEach((e) => say("positive-tabindex", e));
  all("a[href] a, a[href] button, button a, button button, button input, summary a, " +
    "summary button, summary input").forEach((e) => say("nested-control", e));
  all("div[aria-label], span[aria-label], p[aria-label]").filter((e) => !e.hasAttribute("role"))
    .forEach((e) => say("label-without-role", e));
  all("[aria-hidden=true]").forEach((hidden) => all(CONTROLS, hidden)
    .filter((e) => e.checkVisibility() && e.tabIndex >= 0)
    .forEach((e) => say("focus-in-hidden", e)));
}

function ids() {
  const seen = new Set();
  all("[id]").forEach((e) => {
    if (!e.id) say("empty-id", e);
    if (seen.has(e.id)) say("duplicate-id", e, e.id);
    seen.add(e.id);
  });
}

function references() {
  const names = ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns",
    "aria-details", "aria-errormessage", "aria-activedescendant", "for", "form", "list"];
  names.forEach((name) => all(`[${name}]`).forEach((e) => {
    e.getAttribute(name).split(/\s+/).filter(Boolean)
      .filter((id) => !document.getElementById(id))
      .forEach((id) => say("reference", e, `${name}=${id}`));
  }));
  all("a[href^='#']").forEach((e) => {
    const id = decodeURIComponent(e.getAttribute("href").slice(1));
    if (id && !document.getElementById(id)) say("reference", e, `#${id}`);
  });
}

function images() {
  all("img").filter((e) => !e.hasAttribute("alt")).forEach((e) => say("image-name", e));
  all("svg").forEach((svg) => {
    if (svg.parentElement.closest("svg, [aria-hidden=true], [hidden]")) return;
    if (svg.getAttribute("aria-hidden") === "true" || svg.style.display === "none") return;
    if (svg.getAttribute("role") !== "img" || !svgName(svg)) say("image-name", svg);
  });
}

function tables() {
  all("table").forEach((table) => {
    if (!table.caption?.textContent.trim() && !accessibleName(table)) say("table-caption", table);
    if (!table.querySelector("th")) say("table-header", table);
    all("th", table).filter((th) => !/^(col|row|colgroup|rowgroup)$/.test(th.scope))
      .forEach((th) => say("header-scope", th));
  });
}

function lists() {
  all("ul, ol").forEach((list) => [...list.children]
    .filter((e) => !e.matches("li, script, template")).forEach((e) => say("list", e)));
  all("li").filter((e) => !e.parentElement.matches("ul, ol, menu, [role=list]"))
    .forEach((e) => say("list", e));
  all("dl").forEach((list) => [...list.children]
    .filter((e) => !e.matches("dt, dd, div, script, template")).forEach((e) => say("list", e)));
  all("dt, dd").filter((e) => !e.closest("dl")).forEach((e) => say("list", e));
}

function forms() {
  all("[aria-invalid=true]").forEach((e) => {
    const by = e.getAttribute("aria-describedby") || e.getAttribute("aria-errormessage");
    if (!by) say("error-untied", e);
  });
  all("input[type=password], input[name=login]").filter((e) => e.type !== "hidden")
    .filter((e) => !/username|(current|new)-password/.test(e.autocomplete))
    .forEach((e) => say("autocomplete", e));
  all("input[type=radio]").filter((e) => !e.closest("fieldset, [role=radiogroup]"))
    .forEach((e) => say("radio-group", e));
}

function looks() {
  headings();
  landmarks();
  names();
  contrast();
  linksInText();
  targets();
  scrolling();
}

function headings() {
  const shown = all("h1, h2, h3, h4, h5, h6").filter((e) => !isHidden(e));
  const firsts = shown.filter((e) => e.tagName === "H1");
  if (firsts.length !== 1) say("one-h1", firsts[1], `${firsts.length} h1`);
  let level = 0;
  shown.forEach((e) => {
    const own = Number(e.tagName[1]);
    if (own > level + 1) say("heading-order", e, `h${own} after h${level}`);
    if (!contentName(e, new Set())) say("empty-heading", e);
    level = own;
  });
}

function landmarks() {
  const shown = (css) => all(css).filter((e) => !isHidden(e));
  if (shown("main, [role=main]").length !== 1) say("one-main", null);
  if (shown("body header, [role=banner]").length < 1) say("banner", null);
  const labels = new Map();
  shown("nav, [role=navigation], [role=region], [role=search]").forEach((e) => {
    const label = accessibleLabel(e);
    if (!label && !e.matches("[role=search]")) say("landmark-name", e);
    const kind = `${e.getAttribute("role") || e.tagName} ${label}`;
    if (label && labels.has(kind)) say("landmark-unique", e, label);
    labels.set(kind, e);
  });
  const first = all("a[href], button, input:not([type=hidden]), select, summary")
    .find((e) => !isHidden(e));
  const target = first?.matches("a[href^='#']") && document.querySelector(first.hash);
  if (!target || !target.matches("main, main *")) say("skip-link", first);
  else {
    target.focus();
    if (document.activeElement !== target) say("skip-link", target, "cannot take the focus");
    target.blur();
  }
}

function accessibleLabel(element) {
  const by = element.getAttribute("aria-labelledby");
  const pointed = by?.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "");
  return (element.getAttribute("aria-label") || pointed?.join(" ") || "").trim();
}

function names() {
  all(CONTROLS).filter((e) => !isHidden(e)).forEach((e) => {
    // What scrolls is made reachable by keys; its name is its landmark's or its content.
    if (!accessibleName(e)) say("control-name", e);
  });
}

// ---- colours

const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const colours = new Map();

// Any CSS colour as [red, green, blue, opacity].
function rgba(text) {
  if (!colours.has(text)) {
    brush.canvas.width = brush.canvas.height = 1;
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = text;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
    colours.set(text, [r, g, b, a / 255]);
  }
  return colours.get(text);
}

const over = ([r, g, b, a], [x, y, z]) =>
  [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];

function luminance([r, g, b]) {
  const linear = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function ratio(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

// What is painted behind an element; null where a picture is.
function behind(element) {
  const layers = [];
  for (let e = element; e; e = e.parentElement) {
    const style = getComputedStyle(e);
    if (style.backgroundImage !== "none" && !e.matches("html, body")) return null;
    const colour = rgba(style.backgroundColor);
    if (colour[3] > 0) layers.push(colour);
    if (colour[3] === 1) break;
  }
  const canvas = rgba("Canvas");
  return layers.reduceRight((below, layer) => over(layer, below), canvas);
}

// The last filled box drawn before a text of a drawing that lies under its middle.
function behindDrawn(text) {
  const svg = text.ownerSVGElement;
  const box = text.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  let ground = behind(svg.parentElement);
  for (const shape of svg.querySelectorAll("rect, circle, path, polygon")) {
    if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
    const style = getComputedStyle(shape);
    const fill = style.fill;
    if (!ground || fill === "none" || fill.startsWith("url")) continue;
    const b = shape.getBoundingClientRect();
    if (x < b.left || x > b.right || y < b.top || y > b.bottom) continue;
    if (shape.tagName !== "rect" && !hasPoint(shape, x, y)) continue;
    const [r, g, bl, a] = rgba(fill);
    ground = over([r, g, bl, a * Number(style.fillOpacity) * Number(style.opacity)], ground);
  }
  return ground;
}

function hasPoint(shape, x, y) {
  const point = new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse());
  return shape.isPointInFill(point);
}

function opacity(element) {
  let value = 1;
  for (let e = element; e; e = e.parentElement) value *= Number(getComputedStyle(e).opacity);
  return value;
}

const isLarge = (style) => {
  const size = parseFloat(style.fontSize);
  return size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
};

function contrast() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || seen.has(element)) continue;
    seen.add(element);
    if (element.closest("script, style, title, desc, option, [disabled], [aria-disabled=true]")) {
      continue;
    }
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (isOffSight(element)) continue;
    const style = getComputedStyle(element);
    const drawn = element.ownerSVGElement && element.closest("text");
    const ground = drawn ? behindDrawn(drawn) : behind(element);
    if (!ground) continue;
    const [r, g, b, a] = rgba(drawn ? style.fill : style.color);
    const clear = drawn ? Number(style.fillOpacity) : 1;
    const is = ratio(over([r, g, b, a * clear * opacity(element)], ground), ground);
    const must = isLarge(style) ? 3 : 4.5;
    if (is < must - 0.005) say("contrast", element, `${is.toFixed(2)} < ${must}`);
  }
  all("input[placeholder], textarea[placeholder]").filter((e) => !isHidden(e)).forEach((e) => {
    const ground = behind(e);
    const style = getComputedStyle(e, "::placeholder");
    const [r, g, b, a] = rgba(style.color);
    const is = ground && ratio(over([r, g, b, a * Number(style.opacity)], ground), ground);
    if (is && is < 4.495) say("contrast", e, `placeholder ${is.toFixed(2)} < 4.5`);
  });
}

// A link in the middle of a text is told from it by more than its hue.
function linksInText() {
  all("main p a[href], main li a[href], main dd a[href], main td a[href]").forEach((link) => {
    if (isHidden(link)) return;
    const style = getComputedStyle(link);
    if (style.display !== "inline") return;
    const around = link.parentElement;
    const text = [...around.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE)
      .map((n) => n.data.trim()).join("");
    if (text.length < 2) return;
    const parent = getComputedStyle(around);
    const isMarked = style.textDecorationLine !== "none" ||
      (parseFloat(style.borderBottomWidth) > 0 && style.borderBottomStyle !== "none") ||
      style.fontWeight !== parent.fontWeight;
    if (isMarked) return;
    const is = ratio(rgba(style.color), rgba(parent.color));
    if (is < 3) say("link-in-text", link, `${is.toFixed(2)} < 3 to its text`);
  });
}

// ---- places to touch

const TARGET = 24;

// The box that takes a click: a label takes it for its field.
function touchBox(element) {
  const boxes = [element.getBoundingClientRect()];
  if (element.labels) [...element.labels].forEach((l) => boxes.push(l.getBoundingClientRect()));
  return boxes.reduce((a, b) => (a.width * a.height >= b.width * b.height ? a : b));
}

function isInSentence(element) {
  if (getComputedStyle(element).display !== "inline") return false;
  const around = element.closest("p, li, dd, td, th, span, div");
  return [...around.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim()) ||
    around.matches("p, dd, li");
}

function targets() {
  const shown = all(CONTROLS).filter((e) => !isHidden(e) && !isOffSight(e) && !e.disabled)
    .filter((e) => !e.matches("[tabindex='0']:not(a, button, input, select, summary)"));
  const boxes = shown.map(touchBox);
  // A bar that stays while the page moves is beside a place for a moment only.
  const floats = shown.map((e) => {
    for (let at = e; at; at = at.parentElement) {
      if (/fixed|sticky/.test(getComputedStyle(at).position)) return at;
    }
    return null;
  });
  const isSmall = (box) => box.width < TARGET - 0.5 || box.height < TARGET - 0.5;
  shown.forEach((element, i) => {
    if (!isSmall(boxes[i]) || isInSentence(element)) return;
    const near = boxes.findIndex((box, j) => j !== i && !shown[j].contains(element) &&
      floats[i] === floats[j] &&
      !element.contains(shown[j]) && isCrowding(boxes[i], box, isSmall(box)));
    if (near < 0) return;
    const size = `${boxes[i].width.toFixed(0)}×${boxes[i].height.toFixed(0)}`;
    say("target-size", element, `${size}, too near ${nameOf(shown[near])}`);
  });
}

// Whether a circle of 24 px on the middle of a small place meets its neighbour, or the
// circle of a neighbour that is small as well.
function isCrowding(small, other, otherIsSmall) {
  const [x, y] = [small.x + small.width / 2, small.y + small.height / 2];
  if (otherIsSmall) {
    const [u, v] = [other.x + other.width / 2, other.y + other.height / 2];
    return Math.hypot(x - u, y - v) < TARGET - 0.5;
  }
  const dx = Math.max(other.left - x, 0, x - other.right);
  const dy = Math.max(other.top - y, 0, y - other.bottom);
  return Math.hypot(dx, dy) < TARGET / 2 - 0.5;
}

function scrolling() {
  const width = document.documentElement.scrollWidth;
  if (width > innerWidth) say("page-scrolls-sideways", widest(), `${width} > ${innerWidth}`);
  all("main *, nav, header").filter((e) => e.scrollWidth > e.clientWidth + 1 ||
    e.scrollHeight > e.clientHeight + 1).forEach((e) => {
    const style = getComputedStyle(e);
    const scrolls = (way, inner, outer) => /auto|scroll/.test(way) && inner > outer + 1;
    if (!scrolls(style.overflowX, e.scrollWidth, e.clientWidth) &&
      !scrolls(style.overflowY, e.scrollHeight, e.clientHeight)) return;
    if (isHidden(e) || e.matches("select, textarea, input")) return;
    const reachable = e.tabIndex >= 0 || all(CONTROLS, e).some((c) => !isHidden(c));
    if (!reachable) say("scroll-without-keys", e);
  });
  all("main details:not([open])").slice(0, 12).forEach((box) => {
    if (isHidden(box)) return;
    box.open = true;
    const opened = document.documentElement.scrollWidth;
    if (opened > Math.max(innerWidth, width)) {
      say("page-scrolls-sideways", box, `opened: ${opened} > ${innerWidth}`);
    }
    box.open = false;
  });
}

// The element that reaches furthest to the right and is cut by none of its ancestors.
function widest() {
  const clips = (e) => e && (getComputedStyle(e).overflowX !== "visible" || clips(e.parentElement));
  const out = all("body *").filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5 &&
    !clips(e.parentElement === document.body ? null : e.parentElement));
  return out.at(-1) ?? document.body;
}

// Whoever goes by keys sees where they are. One of each kind is looked at.
function focus() {
  const kinds = new Set();
  all(`${CONTROLS}, [tabindex='-1']#main`).forEach((e) => {
    const kind = `${e.tagName}${e.type ?? ""}.${e.className}<${e.parentElement.className}`;
    if (isHidden(e) || e.disabled || kinds.has(kind) || e.id === "main") return;
    // The sheet of components shows one button as it looks with the focus.
    if (e.matches(".foc")) return;
    kinds.add(kind);
    const look = () => {
      const style = getComputedStyle(e);
      const group = e.closest(".fld, form, label");
      const around = group ? getComputedStyle(group) : style;
      return [style, around].map((s) => [s.outlineStyle, s.outlineWidth, s.outlineColor,
        s.boxShadow, s.borderColor, s.backgroundColor].join()).join();
    };
    const before = look();
    e.focus({ focusVisible: true });
    if (document.activeElement === e && look() === before) say("focus-visible", e);
    e.blur();
  });
}

arguments[0].forEach((part) => ({ structure, looks, focus, scrolling })[part]());
return found;
