"use strict";
// The preview, on a page of its own or beside the units: it follows the text, and keeps the place that is being read.
// Its frame runs no script; that it has our origin lets this one look where it stands.
(() => {
  const frame = document.getElementById("frame");
  if (!frame) return;
  const panel = document.getElementById("beside");
  const article = document.querySelector("[data-live=article]");
  const form = panel?.querySelector("select");
  const OPEN = "preview-form";

  const inside = () => {
    try {
      return frame.contentWindow?.document?.documentElement ? frame.contentWindow : null;
    } catch {
      // A viewer of PDF lets nobody look in.
      return null;
    }
  };
  const bare = (text) => text.replace(/[\s\u200b*_`\\]/gu, "");

  // Scrolls to the paragraph that has the beginning of a unit's translation.
  const follow = (row) => {
    const page = inside();
    const wanted = bare(row?.querySelector(".target p:not(.nothing)")?.textContent ?? "").slice(0, 16);
    if (!page || wanted.length < 2 || wanted.startsWith("〔")) return;
    // A title also stands in the contents, and in the notice of a draft.
    const places = row.matches(".heading") ? "h1, h2, h3, h4, pre" : "p, li, td, blockquote, h1, h2, h3, h4, pre";
    const found = [...page.document.querySelectorAll(places)].find((one) => bare(one.textContent).includes(wanted));
    if (!found) return;
    const box = found.getBoundingClientRect();
    if (box.top < 0 || box.bottom > page.innerHeight) page.scrollTo(0, page.scrollY + box.top - page.innerHeight / 3);
  };

  let place = null;
  const load = (address) => {
    const page = inside();
    place = page && frame.src && new URL(address, location.href).href === frame.src ? page.scrollY : null;
    frame.src = address;
  };
  frame.addEventListener("load", () => {
    const page = inside();
    if (page && place !== null) page.scrollTo(0, place);
    else follow(document.querySelector("#units > .current") ?? document.querySelector("#units > .unit"));
  });

  const show = (name) => {
    panel.hidden = !name;
    article.classList.toggle("with-preview", Boolean(name));
    if (!name) {
      sessionStorage.removeItem(OPEN);
      return;
    }
    sessionStorage.setItem(OPEN, name);
    form.value = name;
    // A viewer of PDF does not work inside a sandbox; it runs nothing of the page's.
    if (name === "pdf") frame.removeAttribute("sandbox");
    else frame.setAttribute("sandbox", "allow-same-origin");
    load(`/preview/${encodeURIComponent(name)}`);
    panel.parentElement.scrollTop = 0;
  };
  if (panel) {
    const kept = sessionStorage.getItem(OPEN);
    if (kept && [...form.options].some((one) => one.value === kept)) show(kept);
    form.addEventListener("change", () => show(form.value));
    document.addEventListener("preview", () => show(panel.hidden ? form.value : ""));
    document.addEventListener("selected", (event) => panel.hidden || follow(event.target));
  }
  document.addEventListener("changed", () => panel?.hidden || load(frame.src));
})();
