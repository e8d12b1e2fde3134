// 慧企云 · app.js
// Makes pages nicer where scripts run. Every page works without it: whatever this file does, a link or a form does too.
// The words it needs come from the data attributes of its own <script>, in the language of the page.

const words = document.querySelector("script[data-say-offline]")?.dataset ?? {};
const store = (() => { try { return window.sessionStorage; } catch { return null; } })();
const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
const typing = (element) => element instanceof HTMLElement
  && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)) && !/^(checkbox|radio|button|submit)$/.test(element.type);

/* ── a notice in the page, in the markup of the server's own ── */
function say(kind, icon, text, discard) {
  if (!text) return;
  document.querySelector("[data-said]")?.remove();
  const sample = document.querySelector("svg use");
  const box = document.createElement("div");
  box.className = `notice ${kind}`;
  box.dataset.said = "";
  box.setAttribute("role", kind === "is-bad" ? "alert" : "status");
  if (sample) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", (sample.getAttribute("href") ?? "").replace(/#.*/, "") + icon);
    svg.append(use);
    box.append(svg);
  }
  const body = document.createElement("div");
  const line = document.createElement("p");
  line.textContent = text;
  body.append(line);
  if (discard) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button is-plain is-small";
    button.dataset.discard = "";
    button.textContent = discard;
    body.append(button);
  }
  box.append(body);
  const errors = document.querySelector("main .error-summary");
  if (errors) { errors.after(box); return; }
  const place = document.querySelector("main h1")?.closest("header, fieldset, form") ?? document.querySelector("main .wrap > *");
  if (place?.parentNode) place.parentNode.insertBefore(box, place); else document.querySelector("main")?.prepend(box);
  box.scrollIntoView({ block: "nearest" });
}

/* ── what was typed is kept until it has arrived ──
   Forms marked data-keep: every change goes into the browser's own store and comes back after a reload, a way back or a page that
   was put away by the phone. Never kept: passwords, codes, consent, files. Gone after a day, when it was sent, at sign-out, and when
   somebody else signs in. */
const KEPT = "huiqi.kept ";
const SENT = "huiqi.sent";
const DAY = 86_400_000;
const drafts = (() => { try { return window.localStorage; } catch { return null; } })();
const owner = (() => {
  const who = document.querySelector("details.menu > summary")?.textContent.trim() ?? "";
  let sum = 0;
  for (const c of who) sum = (sum * 31 + c.codePointAt(0)) >>> 0;
  return who ? String(sum) : "";
})();
const actionOf = (form) => new URL(form.getAttribute("action") || location.pathname, location.href).pathname;
const keyOf = (form) => KEPT + [actionOf(form), form.querySelector("input[type=hidden][name=step]")?.value ?? "", location.search].join(" ");
const kept = (form) => form instanceof HTMLFormElement && form.method === "post" && form.hasAttribute("data-keep");
const fieldsOf = (form) => Array.from(form.elements).filter((field) => field.name && field.name !== "consent"
  && /^(textarea|select-one|select-multiple|text|tel|email|search|number|date|url|radio|checkbox)$/.test(field.type)
  && field.autocomplete !== "one-time-code" && !/password|^code$/.test(field.name));
const isBox = (field) => field.type === "radio" || field.type === "checkbox";
const asServed = (field) => {
  if (isBox(field)) return field.checked === field.defaultChecked;
  if (!field.options) return field.value === field.defaultValue;
  const options = Array.from(field.options);
  return field.multiple ? options.every((option) => option.selected === option.defaultSelected)
    : field.selectedIndex === Math.max(0, options.findIndex((option) => option.defaultSelected));
};
const valuesOf = (field) => (field.options ? Array.from(field.selectedOptions).map((option) => option.value) : [field.value]);
const draftKeys = () => { try { return Object.keys(drafts ?? {}).filter((key) => key.startsWith(KEPT)); } catch { return []; } };
const read = (key) => { try { return JSON.parse(drafts.getItem(key)); } catch { return null; } };
const drop = (keys) => { for (const key of keys) try { drafts.removeItem(key); } catch { /* closed: then nothing is kept either */ } };
const dropAction = (action) => drop(draftKeys().filter((key) => key.startsWith(`${KEPT}${action} `)));

function keep(form) {
  if (!drafts || !kept(form)) return;
  const values = {};
  const changed = new Set(fieldsOf(form).filter((field) => !asServed(field)).map((field) => field.name));
  for (const field of fieldsOf(form)) {
    if (!changed.has(field.name)) continue;
    if (!values[field.name]) values[field.name] = [];
    if (!isBox(field) || field.checked) values[field.name].push(...valuesOf(field));
  }
  const files = all("input[type=file]", form).some((input) => input.files?.length);
  try {
    if (changed.size || files) drafts.setItem(keyOf(form), JSON.stringify({ at: Date.now(), owner, values, files }));
    else drafts.removeItem(keyOf(form));
  } catch { /* full or closed: then not */ }
}

let soon;
let lately = null;
for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target?.form;
    if (!kept(form)) return;
    clearTimeout(soon);
    soon = setTimeout(() => { soon = 0; keep(form); }, kind === "input" ? 300 : 0);
    lately = form;
  });
}
window.addEventListener("pagehide", () => { if (soon && lately) keep(lately); });

/* A page after a send: what it answers is no draft any more. */
function arrived() {
  let sent = null;
  try { sent = store?.getItem(SENT); store?.removeItem(SENT); } catch { /* closed */ }
  if (!sent) return;
  const how = performance.getEntriesByType?.("navigation")[0]?.type ?? "navigate";
  const good = document.querySelector("main .notice.is-good");
  const wrong = document.querySelector("[data-failed], .error-summary, [aria-invalid=true]");
  const again = all("form[method=post]").some((form) => actionOf(form) === sent);
  if (good || (how === "navigate" && !wrong && !again)) dropAction(sent);
}

function restore() {
  for (const key of draftKeys()) {
    const draft = read(key);
    const stale = !draft || typeof draft.at !== "number" || Date.now() - draft.at > DAY;
    if (stale || (draft.owner && owner && draft.owner !== owner)) drop([key]);
  }
  let first = null;
  let files = false;
  let missing = false;
  // A form that came back with errors holds what was typed already; only its files are gone.
  const errors = document.querySelector(".error-summary");
  const answered = (form) => errors && (actionOf(form) === location.pathname || form.querySelector("[aria-invalid=true]"));
  // A page that answers a look-up holds what was typed already, and what was put into it besides.
  for (const form of all("form[data-keep]:not([data-answered])").filter(kept)) {
    const draft = read(keyOf(form));
    if (!draft || (draft.owner && draft.owner !== owner)) continue;
    if (answered(form)) {
      if (draft.files) missing = true;
      continue;
    }
    let restored = 0;
    for (const field of fieldsOf(form)) {
      const values = draft.values?.[field.name];
      if (!Array.isArray(values) || !asServed(field)) continue;
      if (isBox(field)) {
        if (field.checked === values.includes(field.value)) continue;
        field.checked = values.includes(field.value);
      } else if (field.options) {
        if (valuesOf(field).join("\n") === values.join("\n")) continue;
        for (const option of field.options) option.selected = values.includes(option.value);
      } else {
        if (field.value === values[0]) continue;
        field.value = values[0] ?? "";
      }
      restored += 1;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (draft.files) files = true;
    if (restored || draft.files) {
      if (!first) first = form;
      for (let fold = form.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
    }
  }
  if (first) say("is-warn", "#i-alert", files ? `${words.sayKept ?? ""}${words.sayFiles ?? ""}` : words.sayKept, words.sayDiscard);
  else if (missing) say("is-warn", "#i-alert", words.sayFiles);
}

/* ── sending: once, and not into a dead line ── */
let sending = false;
let pressed = null;
document.addEventListener("click", (event) => {
  pressed = event.target instanceof Element ? event.target.closest("button, input[type=submit]") : null;
}, true);

/* Whether the site answers at this moment. */
async function reachable() {
  const patience = new AbortController();
  const limit = setTimeout(() => patience.abort(), 8000);
  try {
    return (await fetch("/healthz", { method: "HEAD", cache: "no-store", credentials: "omit", signal: patience.signal })).ok;
  } catch {
    return false;
  } finally {
    clearTimeout(limit);
  }
}

function hold(form) {
  delete form.dataset.sent;
  keep(form);
  say("is-bad", "#i-stop", words.sayOffline);
}

/* Notes what is sent, for the page that answers it. A page that only asks whether one is sure sends what another form kept. */
function leave(form) {
  try { store?.setItem(SENT, actionOf(form)); } catch { /* closed */ }
}

/* Sends a form as its button would have done. */
function send(form, button) {
  if (button?.name) {
    const carried = document.createElement("input");
    Object.assign(carried, { type: "hidden", name: button.name, value: button.value });
    carried.dataset.carried = "";
    form.append(carried);
  }
  sending = true;
  keep(form);
  leave(form);
  // What is sent takes the place of what was typed earlier for the same, on another page.
  const own = keyOf(form);
  const step = own.slice(0, own.length - location.search.length);
  drop(draftKeys().filter((key) => key !== own && key.startsWith(step)));
  if (button?.hasAttribute("formaction")) {
    form.dataset.action = form.getAttribute("action") ?? "";
    form.setAttribute("action", button.getAttribute("formaction"));
  }
  HTMLFormElement.prototype.submit.call(form);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
  if (actionOf(form) === "/sign-out") drop(draftKeys());
  if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 15_000) { event.preventDefault(); return; }
  if (navigator.onLine === false) {
    event.preventDefault();
    hold(form);
    return;
  }
  form.dataset.sent = String(Date.now());
  if (!kept(form) || !window.fetch || !window.AbortController) {
    sending = true;
    leave(form);
    return;
  }
  // A quick question first: a browser that sends into a dead line shows its own page, and what was picked is gone.
  event.preventDefault();
  const button = event.submitter ?? (pressed?.form === form ? pressed : null);
  reachable().then((is) => { if (is) send(form, button); else hold(form); });
});
window.addEventListener("online", () => {
  if (document.querySelector("[data-said].is-bad")) say("is-good", "#i-done", words.sayOnline);
});
window.addEventListener("pageshow", () => {
  sending = false;
  for (const form of all("form[data-sent]")) delete form.dataset.sent;
  for (const carried of all("[data-carried]")) carried.remove();
  for (const form of all("form[data-action]")) { form.setAttribute("action", form.dataset.action); delete form.dataset.action; }
});
window.addEventListener("beforeunload", (event) => {
  if (sending) return;
  const left = all("textarea").filter((field) => !drafts || !kept(field.form));
  if (left.some((field) => field.value !== field.defaultValue && field.value.length > 200)) event.preventDefault();
});

/* ── long texts: how much is written ── */
const thousands = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
document.addEventListener("input", (event) => {
  const line = event.target.id && document.querySelector(`.count[data-for="${CSS.escape(event.target.id)}"]`);
  if (line) line.textContent = (line.dataset.words ?? "#").replace("#", thousands(Array.from(event.target.value.trim()).length));
});

/* ── a choice shows what belongs to it ── */
function unfold() {
  for (const more of all(".choice-more[data-of]")) more.hidden = !document.getElementById(more.dataset.of)?.checked;
}
document.addEventListener("change", unfold);

/* ── lists: pick rows, move by keyboard ── */
function count() {
  for (const row of all(".list tbody tr")) row.classList.toggle("is-picked", !!row.querySelector(".pick input:checked"));
  for (const form of all("form")) {
    const picks = all(".pick input[type=checkbox]", form);
    const said = form.querySelector("[data-picked]");
    const on = picks.filter((box) => box.checked).length;
    if (said) said.textContent = (said.dataset.picked ?? "#").replace("#", thousands(on));
    const whole = form.querySelector("[data-pick-all] input");
    if (whole) { whole.checked = picks.length > 0 && on === picks.length; whole.indeterminate = on > 0 && on < picks.length; }
  }
}
document.addEventListener("change", (event) => {
  const whole = event.target.closest?.("[data-pick-all]");
  if (whole) for (const box of all(".pick input[type=checkbox]", whole.closest("form") ?? document)) box.checked = event.target.checked;
  if (whole || event.target.closest?.(".pick")) count();
});

const rows = () => all(".list tbody tr:not(.group)").filter((row) => row.querySelector("a[href]"));
const rowLink = (row) => row?.querySelector(".what a[href], th a[href], a[href]");
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") {
    for (const menu of all("details.menu[open]")) { menu.open = false; menu.querySelector("summary")?.focus(); }
    return;
  }
  if (typing(event.target)) return;
  const key = event.key.toLowerCase();
  if (key === "/") {
    const box = document.querySelector(".masthead-search input[type=search], main input[type=search]");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  } else if (key === "?") {
    const help = document.querySelector("details[data-keys]");
    if (help) { event.preventDefault(); help.open = true; help.querySelector("summary")?.focus(); help.scrollIntoView({ block: "center" }); }
  } else if (key === "j" || key === "k") {
    const list = rows();
    if (!list.length) return;
    const here = list.indexOf(document.activeElement?.closest?.("tr"));
    const next = here < 0 ? (key === "j" ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, here + (key === "j" ? 1 : -1)));
    event.preventDefault();
    rowLink(list[next])?.focus();
    list[next].scrollIntoView({ block: "nearest" });
  } else if (key === "x") {
    const box = document.activeElement?.closest?.(".list tr")?.querySelector(".pick input[type=checkbox]");
    if (box) { event.preventDefault(); box.checked = !box.checked; count(); }
  }
});

/* ── texts that go into an answer box, at the cursor ── */
function insert(button) {
  const box = document.getElementById(button.dataset.insert ?? "");
  const form = button.form;
  if (!(box instanceof HTMLTextAreaElement) || !form) return false;
  const at = box === document.activeElement || box.selectionStart > 0 ? box.selectionEnd : box.value.length;
  const before = box.value.slice(0, at);
  const line = before.trim() === "" || before.endsWith("\n") ? "" : "\n";
  const text = line + button.dataset.text;
  box.setRangeText(text, at, at, "end");
  // What is to be filled in first is selected, so that the next key replaces it.
  const blank = /\uff3f{2,}/u.exec(text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  if (!all("input[name=used]", form).some((used) => used.value === button.value)) {
    const used = document.createElement("input");
    used.type = "hidden";
    used.name = "used";
    used.value = button.value;
    box.after(used);
  }
  const category = form.querySelector("#category");
  if (category && category.value === "" && button.dataset.category) category.value = button.dataset.category;
  box.focus();
  if (blank) box.setSelectionRange(at + blank.index, at + blank.index + blank[0].length);
  return true;
}
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button[data-insert]") : null;
  if (button && insert(button)) event.preventDefault();
});
/** The first nine texts say the digit that puts them into the answer. */
function digits() {
  all("form[data-counter] [data-insert]").forEach((button, i) => {
    if (i < 9) { button.dataset.digit = String(i + 1); button.setAttribute("aria-keyshortcuts", `Alt+${i + 1}`); }
  });
}

/* ── the counter: what is looked up while typing; every part of it is a button too ── */
function counter(form) {
  const q = form.querySelector("#q");
  const words = form.querySelector("#words");
  const category = form.querySelector("#category");
  const slot = (name) => form.querySelector(`[data-slot="${name}"]`);
  const asked = {};
  /** Fetches a part of the page; an answer that comes after a newer question is dropped. */
  async function ask(what, path) {
    const mine = (asked[what] = (asked[what] ?? 0) + 1);
    let text;
    try {
      const answer = await fetch(path, { headers: { accept: "text/html" }, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return null;
      text = await answer.text();
    } catch { return null; }
    if (asked[what] !== mine) return null;
    const parsed = new DOMParser().parseFromString(text, "text/html");
    for (const part of all("[data-part]", parsed)) slot(part.dataset.part)?.replaceChildren(...part.childNodes);
    return parsed;
  }
  const later = {};
  const soon = (what, ms, run) => { clearTimeout(later[what]); later[what] = setTimeout(run, ms); };
  const put = (id, value) => {
    const field = form.querySelector(`#${id}`);
    if (!field || !value || (field.value !== "" && field.value !== field.dataset.known)) return;
    field.value = value;
    field.dataset.known = value;
  };
  async function firms() {
    const parsed = await ask("firms", `/requests/new/firms?q=${encodeURIComponent(q.value.trim())}`);
    if (!parsed) return;
    put("phone", parsed.querySelector("[data-phone]")?.dataset.phone);
    const none = q.value.trim() !== "" && !form.querySelector(".firm-pick") && !parsed.querySelector("[data-phone]");
    const fold = form.querySelector("[data-unless-chosen]");
    const name = form.querySelector("#firm");
    if (fold && none && /\p{Script=Han}/u.test(q.value)) {
      fold.open = true;
      if (name && (name.value === "" || name.value === name.dataset.known)) { name.value = q.value.trim(); name.dataset.known = name.value; }
    }
  }
  async function pick(button) {
    clearTimeout(later.firms);
    const parsed = await ask("firms", `/requests/new/firms?pick=${encodeURIComponent(button.value)}`);
    if (!parsed) { button.form.requestSubmit(button); return; }
    const chosen = slot("firm").querySelector(".firm-chosen");
    put("contact", chosen?.dataset.contact);
    put("phone", chosen?.dataset.phone);
    q.value = "";
    const fold = form.querySelector("[data-unless-chosen]");
    if (fold) fold.hidden = true;
    const empty = ["contact", "phone"].map((id) => form.querySelector(`#${id}`)).find((field) => field && field.value === "");
    (empty ?? words).focus();
  }
  async function pieces() {
    if (words.value.trim() === "" && category.value === "") return;
    await ask("pieces", `/requests/new/similar?q=${encodeURIComponent(words.value.trim())}&category=${encodeURIComponent(category.value)}`);
    digits();
  }
  q.addEventListener("input", (event) => { if (!event.isComposing) soon("firms", 150, firms); });
  q.addEventListener("compositionend", () => soon("firms", 150, firms));
  words.addEventListener("input", (event) => { if (!event.isComposing) soon("pieces", 300, pieces); });
  words.addEventListener("compositionend", () => soon("pieces", 300, pieces));
  category.addEventListener("change", () => soon("pieces", 50, pieces));
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.name === "pick") { event.preventDefault(); pick(button); }
    if (button?.name === "unpick" && slot("firm").contains(button)) {
      event.preventDefault();
      slot("firm").replaceChildren();
      slot("earlier").replaceChildren();
      const fold = form.querySelector("[data-unless-chosen]");
      if (fold) fold.hidden = false;
      q.focus();
    }
  });
  const press = (action) => form.requestSubmit(form.querySelector(`button[name="do"][value="${action}"]`));
  const spots = { KeyQ: "#q", KeyW: "#words", KeyA: "#answer", KeyC: "#category" };
  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const list = all(".firm-pick", form);
    const here = list.indexOf(document.activeElement);
    if (event.target === q || here >= 0) {
      if (event.key === "ArrowDown" && list.length) { event.preventDefault(); list[Math.min(list.length - 1, here + 1)].focus(); return; }
      if (event.key === "ArrowUp" && list.length) { event.preventDefault(); (here > 0 ? list[here - 1] : q).focus(); return; }
      if (event.key === "Escape") { event.preventDefault(); slot("firms").replaceChildren(); q.focus(); return; }
    }
    // Enter takes the first firm found; it never sends a form that is only half filled in.
    const oneLine = event.target instanceof HTMLInputElement && !/^(checkbox|file|submit|button)$/.test(event.target.type);
    if (event.key === "Enter" && oneLine && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (event.target !== q) return;
      clearTimeout(later.firms);
      const go = () => { const first = form.querySelector(".firm-pick"); if (first) pick(first); };
      if (q.value.trim() !== "") firms().then(go);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.metaKey) return;
    if (event.key === "Enter" && event.altKey) { event.preventDefault(); press("spot"); return; }
    if (event.key === "Enter" && event.ctrlKey) { event.preventDefault(); press("take"); return; }
    if (!event.altKey || event.ctrlKey) return;
    const spot = spots[event.code];
    if (spot) { event.preventDefault(); form.querySelector(spot)?.focus(); return; }
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    const button = digit && form.querySelector(`[data-digit="${digit}"]`);
    if (button) { event.preventDefault(); insert(button); }
  });
  digits();
}
for (const form of all("form[data-counter]")) counter(form);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  const link = /^[a-z]$/i.test(event.key) && document.querySelector(`a[data-key="${event.key.toLowerCase()}"]`);
  if (link) { event.preventDefault(); link.click(); }
});

/* ── small conveniences ── */
document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  if (target.closest("[data-print]")) window.print();
  if (target.closest("[data-discard]")) {
    for (const form of all("form[data-keep]")) { dropAction(actionOf(form)); form.reset(); }
    document.querySelector("[data-said]")?.remove();
  }
  const copy = target.closest("[data-copy]");
  if (copy && navigator.clipboard) {
    navigator.clipboard.writeText(copy.dataset.copy).then(() => {
      const word = copy.querySelector("[data-word]") ?? copy;
      const before = word.textContent;
      word.textContent = copy.dataset.copied ?? before;
      setTimeout(() => { word.textContent = before; }, 2000);
    }, () => {});
  }
  for (const menu of all("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
});
window.addEventListener("beforeprint", () => {
  for (const fold of all("main details:not(.menu):not([open])")) { fold.open = true; fold.dataset.forPrint = ""; }
});
window.addEventListener("afterprint", () => {
  for (const fold of all("details[data-for-print]")) { fold.open = false; delete fold.dataset.forPrint; }
});

for (const button of all("[data-copy][hidden]")) button.hidden = !navigator.clipboard;
unfold();
count();
arrived();
restore();
document.querySelector(".error-summary")?.focus();
if (location.hash.length > 1) {
  // A link to something folded opens it.
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
}
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
  const fold = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (fold instanceof HTMLDetailsElement) fold.open = true;
});
