// Looks at the page it runs in as somebody who sets type: no text lies on another, none is
// cut without a way to read it whole. Gives what it found as [rule, element, detail].
const found = [];
const all = (css) => [...document.querySelectorAll(css)];

function nameOf(element) {
  const own = (e) => e.tagName.toLowerCase() + (e.id ? `#${e.id}` : "") +
    [...e.classList].map((c) => `.${c}`).join("");
  const above = element.parentElement?.closest("[id], section, table, form, nav, header");
  const text = (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 24);
  return `${above ? `${own(above)} ` : ""}${own(element)} “${text}”`;
}

// What is fixed, sticky or opened lies over others on purpose.
function isAbove(element) {
  for (let e = element; e; e = e.parentElement) {
    if (/fixed|sticky|absolute/.test(getComputedStyle(e).position)) return true;
  }
  return false;
}

// The part of a box that its scrolling or cutting ancestors let through.
function seen(box, element) {
  let { left, top, right, bottom } = box;
  for (let e = element; e && e !== document.body; e = e.parentElement) {
    const style = getComputedStyle(e);
    if (style.overflowX === "visible" || e.tagName === "svg") continue;
    const around = e.getBoundingClientRect();
    left = Math.max(left, around.left);
    right = Math.min(right, around.right);
    if (style.overflowY !== "visible") {
      top = Math.max(top, around.top);
      bottom = Math.min(bottom, around.bottom);
    }
  }
  return right - left > 1 && bottom - top > 1 ? { left, top, right, bottom, element } : null;
}

function texts() {
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("script, style, title, option, .sr, .skip")) continue;
    if (!element.checkVisibility({ visibilityProperty: true }) || isAbove(element)) continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const part = box.width > 1 ? seen(box, element) : null;
      if (part) boxes.push(part);
    }
  }
  return boxes;
}

// Boxes of lines are taller than what is written in them, so a little of each is let go.
const LET_GO = 4;

function overlaps() {
  const boxes = texts().sort((a, b) => a.top - b.top);
  boxes.forEach((one, i) => {
    for (let j = i + 1; j < boxes.length && boxes[j].top < one.bottom - LET_GO; j += 1) {
      const other = boxes[j];
      if (one.element === other.element) continue;
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - other.top;
      if (wide > LET_GO && high > LET_GO) {
        found.push(["text-over-text", nameOf(one.element), `under ${nameOf(other.element)}`]);
      }
    }
  });
}

// A text cut short says the whole when it is pointed at.
function cuts() {
  all("main *, nav *, header *").forEach((e) => {
    const style = getComputedStyle(e);
    if (!/hidden|clip/.test(style.overflowX) || e.scrollWidth <= e.clientWidth + 1) return;
    if (e.matches("svg, svg *, .sr, select, input") || !e.checkVisibility()) return;
    if (e.clientWidth <= 1 || e.closest("[title]") || e.querySelector("[title]")) return;
    const own = [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
    if (own || style.textOverflow === "ellipsis") {
      found.push(["text-cut", nameOf(e), `${e.scrollWidth} > ${e.clientWidth}`]);
    }
  });
}

// A word of a drawing ends inside it, or at least inside its panel.
function drawn() {
  all("main svg[role=img]").filter((svg) => svg.checkVisibility()).forEach((svg) => {
    const panel = (svg.closest(".panel, .half") ?? svg).getBoundingClientRect();
    svg.querySelectorAll("text").forEach((text) => {
      const box = text.getBoundingClientRect();
      const scrolls = svg.closest(".tscroll");
      const out = Math.max(panel.left - box.left, scrolls ? 0 : box.right - panel.right);
      if (out > 1) found.push(["text-out-of-panel", nameOf(text), `by ${out.toFixed(0)} px`]);
    });
  });
}

overlaps();
cuts();
drawn();
return found;
