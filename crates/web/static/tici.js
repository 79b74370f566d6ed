// What HTML alone cannot do. Every page works without this file.
(() => {
  "use strict";
  const on = (type, act) => document.addEventListener(type, act);

  // A filter takes effect when it is chosen; the button beside it is for pages without script.
  on("change", (event) => {
    const field = event.target;
    if (field.matches("select[data-auto]")) field.form.requestSubmit();
    if (field.matches("[data-all]")) {
      for (const box of document.querySelectorAll(field.dataset.all)) box.checked = field.checked;
    }
    if (field.matches("input[type=checkbox]")) tellSelection();
  });

  // How many rows are selected, and what they add up to.
  function tellSelection() {
    document.querySelectorAll("[data-selection]").forEach((place) => {
      const boxes = [...document.querySelectorAll(`${place.dataset.selection}:checked`)];
      const sum = boxes.reduce((total, box) => total + Number(box.dataset.value), 0);
      const words = place.dataset.words.replace("#", boxes.length);
      place.textContent = words + place.dataset.sum.replace("#", sum.toFixed(2));
    });
  }

  // An empty field of a GET form would only lengthen the address.
  on("submit", (event) => {
    const form = event.target;
    if (form.method !== "get") return;
    form.querySelectorAll("input[name], select[name]").forEach((field) => {
      if (field.value === "" && !field.disabled) {
        field.disabled = true;
        setTimeout(() => { field.disabled = false; });
      }
    });
  });

  // A popover closes on a click beside it and on Escape.
  const openDetails = () => document.querySelectorAll("details.drop[open]");
  on("click", (event) => {
    openDetails().forEach((box) => { if (!box.contains(event.target)) box.open = false; });
  });
  on("keydown", (event) => {
    if (event.key !== "Escape") return;
    openDetails().forEach((box) => { box.open = false; box.querySelector("summary").focus(); });
    const close = document.querySelector(".pop [data-close]");
    if (close) location.assign(close.href);
  });

  tellSelection();
  document.documentElement.classList.add("js");
})();

// The dispatch meeting: arrow keys turn the pages, a clock counts the minutes of the item.
(() => {
  "use strict";
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const found = [...document.querySelectorAll("a[data-keys]")]
      .find((link) => link.dataset.keys.split(" ").includes(event.key));
    if (!found) return;
    event.preventDefault();
    location.assign(found.href);
  });
  const clock = document.querySelector("[data-timer]");
  if (!clock) return;
  const whole = clock.textContent.trim();
  const began = Date.now();
  const two = (number) => String(number).padStart(2, "0");
  const tell = () => {
    const seconds = Math.floor((Date.now() - began) / 1000);
    clock.textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)} / ${whole}`;
    clock.classList.toggle("over", seconds > Number(clock.dataset.timer));
  };
  tell();
  setInterval(tell, 1000);
})();
