"use strict";
// News of changed files, as server-sent events. The board loads itself anew; units and preview are told by events of
// the document: “refresh” says that this article looks different, “changed” that the number does.
(() => {
  const live = document.querySelector("[data-live]");
  if (!live || !("EventSource" in window)) return;
  const article = live.dataset.article;
  const tell = (name) => document.dispatchEvent(new CustomEvent(name));

  const reload = async () => {
    let answer;
    try {
      answer = await fetch(location.href);
    } catch {
      // The server is away; it is listened for.
      return;
    }
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
    const old = document.querySelector("[data-live]");
    if (fresh && old && !old.contains(document.activeElement)) old.replaceWith(document.importNode(fresh, true));
    else if (fresh && old) old.replaceChildren(...document.importNode(fresh, true).children);
    // The word that checking is done may have gone out before anybody listened.
    if (fresh?.dataset.checked === "no") setTimeout(reload, 1000);
  };

  // Several files change at once where somebody runs a command; one look at the end is enough.
  const atTheEnd = (act) => {
    let due = 0;
    return () => {
      clearTimeout(due);
      due = setTimeout(act, 150);
    };
  };
  // The units to be looked at; null where nobody knows which.
  let units = new Set();
  const look = atTheEnd(() => {
    const detail = units && [...units];
    units = new Set();
    if (live.dataset.live === "board") reload();
    else document.dispatchEvent(new CustomEvent("refresh", { detail }));
  });
  const changed = atTheEnd(() => tell("changed"));

  let version = document.body.dataset.version;
  const hear = (told) => {
    if (told.version && told.version !== version) {
      version = told.version;
      told = told.articles ? told : { all: true };
    }
    const articles = told.articles ?? [];
    const checked = told.checked ?? [];
    const touched = told.all || told.house || articles.length > 0;
    const isOurs = article ? [...articles, ...checked].includes(article) : touched || checked.length > 0;
    if (live.dataset.live !== "preview" && (told.all || told.house || isOurs)) {
      if (told.units && units) told.units.forEach((unit) => units.add(unit));
      else units = null;
      look();
    }
    if (touched) changed();
  };

  // A browser has six connections to a server: pages that nobody sees give theirs back, and ask when they are seen.
  let source = null;
  const rest = () => {
    source?.close();
    source = null;
  };
  const listen = () => {
    if (document.visibilityState === "hidden" || source) return;
    source = new EventSource("/events");
    source.addEventListener("message", (event) => hear(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      // The server is full, or refuses: later perhaps.
      source = null;
      setTimeout(listen, 10_000);
    });
  };
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? rest() : listen()));
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", listen);
  listen();
  if (live.dataset.checked === "no") {
    units = null;
    look();
  }
})();
