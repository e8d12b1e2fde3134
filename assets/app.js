// 慧企云 · app.js
// Makes pages nicer where scripts run. Every page works without it: whatever this file does, a link or a form does too.
// The words it needs come from the data attributes of its own <script>, in the language of the page.

const words = document.querySelector("script[data-say-offline]")?.dataset ?? {};
const store = (() => { try { return window.sessionStorage; } catch { return null; } })();
const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
const typing = (element) => element instanceof HTMLElement
  && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)) && !/^(checkbox|radio|button|submit)$/.test(element.type);

/* ── a notice in the page, in the markup of the server's own ── */
function say(kind, icon, text) {
  if (!text) return;
  document.querySelector("[data-said]")?.remove();
  const sample = document.querySelector("svg.icon use");
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
  box.append(body);
  const place = document.querySelector("main h1")?.closest("header, fieldset, form") ?? document.querySelector("main .wrap > *");
  if (place?.parentNode) place.parentNode.insertBefore(box, place); else document.querySelector("main")?.prepend(box);
  box.scrollIntoView({ block: "nearest" });
}

/* ── typed text survives a failed send ── */
const KEPT = "huiqi.kept";
const fieldsOf = (form) => all("textarea[name], input[name]:not([type]), input[type=text], input[type=tel], input[type=email], input[type=search]", form)
  .filter((field) => field.name && field.autocomplete !== "one-time-code");
const formKey = (form) => form.id || form.getAttribute("action") || "";

function keep(form) {
  const values = {};
  for (const field of fieldsOf(form)) if (field.value && field.value !== field.defaultValue) values[field.name] = field.value;
  if (!store || Object.keys(values).length === 0) return;
  try { store.setItem(KEPT, JSON.stringify({ path: location.pathname, form: formKey(form), values })); } catch { /* full: then not */ }
}

function restore() {
  const raw = store?.getItem(KEPT);
  if (!raw) return;
  store.removeItem(KEPT);
  let kept;
  try { kept = JSON.parse(raw); } catch { return; }
  // It arrived: another page, an answer to it, or the same page with its errors and what was typed.
  if (kept.path !== location.pathname || document.querySelector("main .notice[role], .error-summary")) return;
  const form = all("form").find((candidate) => formKey(candidate) === kept.form
    && fieldsOf(candidate).some((field) => field.name in kept.values));
  if (!form) return;
  let restored = 0;
  for (const field of fieldsOf(form)) {
    const value = kept.values[field.name];
    if (typeof value === "string" && field.value === field.defaultValue && field.value !== value) { field.value = value; restored += 1; }
  }
  if (restored) {
    for (let fold = form.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
    say("is-warn", "#i-alert", words.sayKept);
  }
}

/* ── sending: once, and not into a dead line ── */
let sending = false;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
  if (navigator.onLine === false) {
    event.preventDefault();
    keep(form);
    say("is-bad", "#i-stop", words.sayOffline);
    return;
  }
  if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 8000) { event.preventDefault(); return; }
  form.dataset.sent = String(Date.now());
  sending = true;
  keep(form);
});
window.addEventListener("pageshow", (event) => {
  sending = false;
  for (const form of all("form[data-sent]")) delete form.dataset.sent;
  if (event.persisted) store?.removeItem(KEPT);       // the page came back whole, with everything typed
});
window.addEventListener("beforeunload", (event) => {
  if (sending) return;
  if (all("textarea").some((field) => field.value !== field.defaultValue && field.value.length > 200)) event.preventDefault();
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

/* ── small conveniences ── */
document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  if (target.closest("[data-print]")) window.print();
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
