"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const main = document.getElementById("findings");
  const byFile = [...main.children];
  const cards = [...main.querySelectorAll("article")];
  const words = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));
  const ticked = (name) => new Set([...form.elements[name]].filter((box) => box.checked).map((box) => box.value));

  const filter = () => {
    const severity = ticked("severity"), safety = ticked("safety");
    const { rule, file, text } = form.elements;
    const wanted = text.value.trim().toLowerCase();
    let shown = 0;
    for (const card of cards) {
      const { dataset } = card;
      card.hidden = !(
        severity.has(dataset.severity) && safety.has(dataset.safety) &&
        (!rule.value || dataset.rule === rule.value) &&
        (!file.value || dataset.file === file.value) &&
        words.get(card).includes(wanted)
      );
      shown += !card.hidden;
    }
    for (const section of main.children) {
      const open = [...section.querySelectorAll("article")].filter((card) => !card.hidden).length;
      section.hidden = !open;
      section.querySelector("h2 small").textContent = open;
    }
    document.getElementById("count").textContent = `Showing ${shown} of ${cards.length}`;
  };

  const group = () => {
    if (form.elements.group.value === "file") {
      const home = new Map(byFile.map((section) => [section.dataset.file, section]));
      for (const card of cards) home.get(card.dataset.file).append(card);
      main.replaceChildren(...byFile);
    } else {
      const sections = new Map();
      for (const card of [...cards].sort((a, b) => (a.dataset.rule < b.dataset.rule ? -1 : a.dataset.rule > b.dataset.rule ? 1 : 0))) {
        const { rule } = card.dataset;
        if (!sections.has(rule)) {
          const section = document.createElement("section"), head = document.createElement("h2");
          const name = document.createElement("code");
          name.textContent = rule;
          head.append(name, " ", document.createElement("small"));
          section.append(head);
          sections.set(rule, section);
        }
        sections.get(rule).append(card);
      }
      main.replaceChildren(...sections.values());
    }
  };

  const step = (by) => {
    const open = [...main.querySelectorAll("article:not([hidden])")];
    const at = open.indexOf(document.activeElement.closest("article"));
    const next = open[at < 0 ? (by > 0 ? 0 : open.length - 1) : at + by];
    if (next) next.focus();
  };

  const update = () => { group(); filter(); };
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.elements.clear.addEventListener("click", () => { form.reset(); update(); });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input[type=search], select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "/") { event.preventDefault(); form.elements.text.focus(); }
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });
  form.hidden = false;
  filter();
})();
