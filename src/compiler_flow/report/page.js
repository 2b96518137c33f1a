"use strict";
(() => {
  const page = document.documentElement;
  const language = document.getElementById("language");
  const form = document.getElementById("filters");
  const sections = [...document.querySelectorAll("section.file")];
  const findings = [...document.querySelectorAll(".finding")].map((place) => ({
    place,
    kind: place.dataset.kind,
    check: place.dataset.check,
    article: place.dataset.article,
    people: place.dataset.people.split(" "),
    words: [...place.querySelectorAll(".words")].map((part) => part.textContent).join("\n").toLowerCase(),
  }));

  // The page's own words: Chinese is what stands there, English is kept in data-en.
  const own = [...document.querySelectorAll("[data-en]")].map((place) => ({
    place,
    "zh-CN": place.textContent,
    en: place.dataset.en,
  }));
  language.hidden = false;
  language.addEventListener("click", () => {
    page.lang = page.lang === "en" ? "zh-CN" : "en";
    language.lang = page.lang === "en" ? "zh-CN" : "en";
    for (const words of own) words.place.textContent = words[page.lang];
  });

  if (page.dataset.first === "en") language.click();

  // A line for the glossary goes to the clipboard; where that is forbidden it is marked, ready for Ctrl+C.
  for (const button of document.querySelectorAll(".offer .copy")) {
    const row = button.parentElement.querySelector("code");
    button.hidden = false;
    button.addEventListener("click", async () => {
      let copied = true;
      try {
        await navigator.clipboard.writeText(row.textContent);
      } catch {
        getSelection().selectAllChildren(row);
        copied = document.execCommand("copy");
      }
      button.classList.toggle("done", copied);
    });
  }

  if (!form) return;

  const chosen = (name, values) => {
    const value = form.elements[name]?.value ?? "all";
    return value === "all" || values.includes(value);
  };

  const apply = () => {
    const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const kinds = [...form.querySelectorAll("[name=kind]:checked")].map((box) => box.value);
    let shown = 0;
    for (const finding of findings) {
      const fits =
        kinds.includes(finding.kind) &&
        chosen("check", [finding.check]) &&
        chosen("article", [finding.article]) &&
        chosen("people", finding.people) &&
        words.every((word) => finding.words.includes(word));
      finding.place.hidden = !fits;
      shown += fits;
    }
    for (const section of sections) section.hidden = !section.querySelector(".finding:not([hidden])");
    document.getElementById("none").hidden = shown > 0;
    document.getElementById("shown").textContent = `${shown} / ${findings.length}`;
  };

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  // The fields have their old values until the event is over.
  form.addEventListener("reset", () => setTimeout(apply));
  apply();
})();
