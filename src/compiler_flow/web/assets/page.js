"use strict";
// What the pages do beyond their forms: answers replace only what changed, the keyboard drives everything, and news of
// changed files comes in by itself. Every text comes from the server as markup it escaped; nothing here builds any. The
// glossary's dialog (terms.js) and the preview (preview.js) are told what happens by events of the document.
(() => {
  const body = document.body;
  const live = document.querySelector("[data-live]");
  const units = document.getElementById("units");
  const news = document.getElementById("news");
  const help = document.getElementById("help");
  const article = live?.dataset.article;

  const say = (text) => {
    news.textContent = text;
    news.classList.add("told");
    clearTimeout(say.timer);
    say.timer = setTimeout(() => news.classList.remove("told"), 6000);
  };

  const get = async (address, options = {}) => {
    const answer = await fetch(address, { ...options, headers: { "X-Fragment": "1" } });
    const text = await answer.text();
    const parsed = new DOMParser().parseFromString(text, "text/html");
    return { ok: answer.ok, text, parsed, html: answer.headers.get("content-type")?.includes("html"), csrf: answer.headers.get("x-csrf") };
  };
  const tell = (name, from = document) => from.dispatchEvent(new CustomEvent(name, { bubbles: true }));
  document.addEventListener("say", (event) => say(event.detail));

  // ------------------------------------------------------------------------------------------- typed texts

  // What is being typed is kept until it is saved, whatever becomes of the page.
  const key = (unit) => `typed:${article}:${unit}`;
  const keep = (field) => {
    const unit = field.closest("[data-unit]")?.dataset.unit;
    if (unit) sessionStorage.setItem(key(unit), JSON.stringify([field.form.elements.seen.value, field.value]));
  };
  const restore = (row) => {
    const field = row.querySelector("form.edit textarea");
    const kept = field && sessionStorage.getItem(key(row.dataset.unit));
    if (!kept) return;
    const [seen, text] = JSON.parse(kept);
    if (text === field.value) return;
    field.value = text;
    // What the file says now was not what was in front of the eyes: saving has to show the difference.
    field.form.elements.seen.value = seen;
  };
  const grow = (field) => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 4}px`;
  };

  // ---------------------------------------------------------------------------------------------- rows

  let current = null;
  const rows = () => [...document.querySelectorAll("#units > .unit")];
  // News may have put another element in a row's place while an answer was under way.
  const now = (row) => document.getElementById(row.id);
  const isEditing = (row) => Boolean(row?.querySelector("form.edit textarea:not([readonly])"));

  const select = (row, { scroll = true } = {}) => {
    current?.classList.remove("current");
    current = row;
    if (!row) return;
    row.classList.add("current");
    tell("selected", row);
    if (scroll) {
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    }
  };

  // Whether somebody is writing in a row: a translation, a reason, a comment.
  const isBusy = (row) =>
    isEditing(row) ||
    [...row.querySelectorAll("input[name=reason], input[name=remark]")].some((field) => field.value || field === document.activeElement);
  const looksLike = (row, fresh) => {
    const copy = row.cloneNode(true);
    copy.classList.remove("current");
    for (const details of copy.querySelectorAll("details[open]")) details.open = false;
    return copy.isEqualNode(fresh);
  };

  const replace = (fresh) => {
    const old = document.getElementById(fresh.id);
    if (!old || looksLike(old, fresh)) return;
    if (!isBusy(old)) {
      swap(old, fresh);
    } else if (old.dataset.mark !== fresh.dataset.mark && !old.querySelector(".stale")) {
      // Somebody else changed what is being worked on here: the typed text stays, saving will show both.
      const note = document.createElement("p");
      note.className = "stale hint";
      note.textContent = body.dataset.changed;
      old.prepend(note);
    }
  };
  const swap = (old, fresh) => {
    const was = old === current;
    const focused = old.contains(document.activeElement);
    const node = document.importNode(fresh, true);
    old.replaceWith(node);
    if (was) select(node, { scroll: focused });
    restore(node);
    return node;
  };

  const take = (parsed) => {
    for (const fresh of parsed.querySelectorAll(".unit")) replace(fresh);
    for (const id of ["summary", "sign"]) {
      const fresh = parsed.getElementById(id);
      const old = document.getElementById(id);
      if (fresh && old && !old.contains(document.activeElement)) old.replaceWith(document.importNode(fresh, true));
    }
  };

  const address = (rest) => `/articles/${encodeURIComponent(article)}/units${rest}`;

  const edit = async (row) => {
    if (!row || isEditing(row) || !row.querySelector("[data-do=edit]")) return;
    const unit = encodeURIComponent(row.dataset.unit);
    const { ok, parsed } = await get(address(`?unit=${unit}&edit=${unit}`));
    const fresh = ok && parsed.querySelector(".unit");
    const there = now(row);
    if (!fresh || !there || isEditing(there)) return;
    const node = swap(there, fresh);
    select(node);
    const field = node.querySelector("textarea");
    grow(field);
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  };
  const leave = async (row) => {
    sessionStorage.removeItem(key(row.dataset.unit));
    const { ok, parsed } = await get(address(`?unit=${encodeURIComponent(row.dataset.unit)}`));
    const fresh = ok && parsed.querySelector(".unit");
    if (!fresh || !now(row)) return;
    select(swap(now(row), fresh));
    current.focus();
  };

  const send = async (form, button) => {
    const row = form.closest(".unit");
    const data = new URLSearchParams(new FormData(form, button));
    let answer;
    form.setAttribute("aria-busy", "true");
    try {
      answer = await get(form.action, { method: "POST", body: data });
      if (!answer.ok && answer.csrf && answer.csrf !== data.get("csrf")) {
        // The server was started again since this page was loaded.
        data.set("csrf", answer.csrf);
        answer = await get(form.action, { method: "POST", body: data });
      }
    } catch {
      say(body.dataset.lost);
      return false;
    } finally {
      form.removeAttribute("aria-busy");
    }
    const clash = answer.html && answer.parsed.querySelector(".clash");
    if (clash) {
      const there = now(row) ?? row;
      there.querySelector(".clash")?.remove();
      // The editor moves into the notice, together with what was typed.
      there.querySelector("form.edit")?.closest(".side")?.replaceChildren();
      there.append(document.importNode(clash, true));
      there.querySelector(".clash textarea")?.focus();
      return false;
    }
    if (!answer.ok) {
      say(answer.text.trim());
      return false;
    }
    const unit = row.dataset.unit;
    sessionStorage.removeItem(key(unit));
    const fresh = answer.parsed.getElementById(row.id);
    if (fresh && now(row)) select(swap(now(row), fresh));
    take(answer.parsed);
    return true;
  };

  const next = (from, step, fits = () => true) => {
    const all = rows();
    let at = all.indexOf(from);
    if (at < 0) at = step > 0 ? -1 : all.length;
    for (at += step; at >= 0 && at < all.length; at += step) if (fits(all[at])) return all[at];
    return null;
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.closest("#units")) {
      event.preventDefault();
      const wrote = event.submitter?.value === "write";
      const row = form.closest(".unit");
      const unit = row.id;
      if ((await send(form, event.submitter)) && wrote && send.onward) {
        const after = next(document.getElementById(unit), 1, (one) => !one.matches(".omitted, .merged"));
        if (after) edit(after);
      }
      send.onward = false;
    }
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches(".filter select")) event.target.form.requestSubmit();
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches("form.edit textarea")) {
      keep(event.target);
      grow(event.target);
    }
  });
  document.querySelectorAll(".unit").forEach(restore);
  document.querySelectorAll("form.edit textarea").forEach(grow);

  const showHelp = async (row) => {
    if (!row || !help) return;
    help.hidden = false;
    help.setAttribute("aria-busy", "true");
    const { ok, parsed, text, html } = await get(address(`/${encodeURIComponent(row.dataset.unit)}/help`));
    help.removeAttribute("aria-busy");
    help.dataset.unit = row.dataset.unit;
    if (ok || html) help.replaceChildren(...[...parsed.body.children].map((one) => document.importNode(one, true)));
    else help.textContent = text;
    help.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("click", async (event) => {
    const target = event.target.closest("a, button");
    const row = event.target.closest("#units > .unit");
    if (row && row !== current) select(row, { scroll: false });
    if (!target) return;
    if (target.matches("[data-do=edit]")) {
      event.preventDefault();
      edit(row);
    } else if (target.matches("[data-do=help]")) {
      event.preventDefault();
      showHelp(row);
    } else if (target.matches(".cancel") && row) {
      event.preventDefault();
      leave(row);
    } else if (target.matches("[data-take]")) {
      const unit = help.dataset.unit;
      const text = target.dataset.take;
      await edit(document.getElementById(`u-${unit}`));
      const field = document.getElementById(`u-${unit}`)?.querySelector("form.edit textarea");
      if (field) {
        field.value = text;
        keep(field);
        grow(field);
        field.focus();
      }
    } else if (target.matches("[data-close]")) {
      target.closest("dialog").close();
    } else if (target.matches("[data-preview]")) {
      tell("preview");
    }
  });

  // ----------------------------------------------------------------------------------------- more units

  const loadMore = async (link) => {
    if (link.dataset.busy) return;
    link.dataset.busy = "yes";
    const place = new URL(link.href);
    const { ok, parsed } = await get(address(place.search));
    if (!ok) return;
    const fresh = [...parsed.querySelectorAll(".unit")].map((one) => document.importNode(one, true));
    units.append(...fresh);
    fresh.forEach(restore);
    const following = parsed.querySelector("[data-more]");
    if (following) {
      const search = new URLSearchParams(place.search);
      search.set("from", following.dataset.more);
      link.href = `?${search}`;
      delete link.dataset.busy;
    } else link.closest(".more").remove();
  };
  const more = document.querySelector("#units ~ .more [data-more]");
  if (more && "IntersectionObserver" in window) {
    new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && loadMore(more), { rootMargin: "800px" }).observe(more);
  }

  // ------------------------------------------------------------------------------------------- keyboard

  const press = (row, name) => row?.querySelector(`.tools [data-do=${name}]`)?.click();
  const keys = {
    j: () => select(next(current, 1) ?? current),
    k: () => select(next(current, -1) ?? current),
    n: () => select(next(current, 1, (row) => row.querySelector(".findings:not(.waived)")) ?? current),
    e: () => edit(current),
    a: () => press(current, "accept"),
    d: () => press(current, "doubt"),
    o: () => press(current, "omit"),
    m: () => press(current, "merge"),
    M: () => press(current, "merge-down"),
    h: () => showHelp(current),
    w: () => {
      const waive = current?.querySelector(".findings:not(.waived) details.waive");
      if (!waive) return;
      waive.open = true;
      waive.querySelector("input[name=reason]").focus();
    },
    c: () => {
      const remark = current?.querySelector("details.remark");
      if (!remark) return;
      remark.open = true;
      remark.querySelector("input[name=remark]").focus();
    },
    t: () => tell("term"),
    v: () => tell("preview"),
    "/": () => document.querySelector(".filter input[type=search]")?.focus(),
    "?": () => {
      const list = document.querySelector("details.keys");
      list.open = !list.open;
      list.scrollIntoView({ block: "nearest" });
    },
  };
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, textarea, select");
    const row = event.target.closest("#units > .unit");
    if (event.key === "Escape" && field && row) {
      event.preventDefault();
      if (field.matches("form.edit textarea")) leave(row);
      else {
        field.closest("details").open = false;
        select(row);
      }
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field?.matches("form.edit textarea")) {
      event.preventDefault();
      send.onward = true;
      field.form.requestSubmit(field.form.querySelector("[value=write]"));
      return;
    }
    if (!units || field || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  const named = location.hash.startsWith("#u-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named) select(named);
  const open = document.querySelector("#units form.edit textarea");
  if (open) {
    select(open.closest(".unit"));
    open.focus();
  }

  // ------------------------------------------------------------------------------------------- refresh

  // Between the press of a button and its release no row is replaced: the click would be nobody's.
  let pressed = false;
  const released = () =>
    pressed ? new Promise((go) => document.addEventListener("pointerup", () => setTimeout(go), { once: true })) : null;
  document.addEventListener("pointerdown", () => (pressed = true), true);
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => (pressed = false), true);

  // The file changed: the rows that are shown are asked for again, or those of `units`.
  const refresh = async (units) => {
    const shown = rows().map((row) => row.dataset.unit).filter((unit) => !units || units.includes(unit));
    const total = document.getElementById("summary").dataset.total;
    let came = 0;
    for (let at = 0; at < shown.length; at += 200) {
      const wanted = new URLSearchParams(shown.slice(at, at + 200).map((unit) => ["unit", unit]));
      const { ok, parsed } = await get(address(`?${wanted}`));
      if (!ok) return;
      await released();
      came += parsed.querySelectorAll(".unit").length;
      take(parsed);
    }
    if (!shown.length) {
      const { ok, parsed } = await get(`/articles/${encodeURIComponent(article)}/summary`);
      if (ok) take(parsed);
    }
    if (came !== shown.length || document.getElementById("summary").dataset.total !== total) say(body.dataset.other);
  };
  // A server that is away will be heard of by the one who listens.
  document.addEventListener("refresh", (event) => refresh(event.detail).catch(() => {}));
})();
