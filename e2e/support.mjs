// What the browser journeys share: the program, the browser, pages, and looking closely.
//
// A journey is a file `*.test.mjs` of node:test cases. Whatever it opens through this module is
// closed after its last test, and killed if the process ends earlier; always by process id.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

const PROGRAM = process.env.HUIQI_BIN;
const CHROMIUM = process.env.CHROMIUM || '/usr/bin/chromium';
/** Where data folders go; `cargo xtask test` empties it before a run and after a good one. */
const WORK = process.env.E2E_WORK;
const HERE = path.dirname(new URL(import.meta.url).pathname);

/** Making the demo city in a dev build takes minutes; starting on what is there does not. */
const MAKE_MS = 10 * 60_000;
const START_MS = 60_000;
/** How long a program may take to end by itself after being asked to. */
const STOP_MS = 10_000;

const CHROMIUM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// ---------------------------------------------------------------------------------------------
// Closing

/** What is open, newest last; each with `close()` and perhaps `kill()`. */
const open = new Set();

/** Closes all that was opened through this module, newest first. Called after the last test. */
export async function closeAll() {
  const errors = [];
  for (const thing of [...open].reverse()) {
    open.delete(thing);
    await thing.close().catch((error) => errors.push(error));
  }
  if (errors.length > 0) throw new AggregateError(errors, 'closing');
}

after(closeAll);
process.on('exit', () => {
  for (const thing of open) thing.kill?.();
});

// ---------------------------------------------------------------------------------------------
// The program

function program() {
  if (!PROGRAM) throw new Error('HUIQI_BIN must name the program: run `cargo xtask test`');
  return PROGRAM;
}

/** A new folder for data, under the folder that is emptied. */
export async function newFolder(name) {
  return mkdtemp(path.join(WORK || tmpdir(), `huiqi-${name}-`));
}

/** The environment of the program: nothing of the caller's own settings reaches it. */
function environment(more = {}) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('HUIQI_') && name !== 'DATABASE_URL',
  );
  return { ...Object.fromEntries(kept), ...more };
}

/** A TCP port on the loopback address that nobody uses at this moment. */
export async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Runs one command of the program to its end.
 *
 * @param {string[]} args e.g. `['audit', 'verify', '--data', app.data]`
 * @param {{input?: string, env?: object}} [options] `input` goes to its standard input
 * @returns {Promise<{code: number | null, stdout: string, stderr: string}>}
 */
export async function huiqi(args, { input = '', env = {} } = {}) {
  const child = spawn(program(), args, { env: environment(env) });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    child[stream].setEncoding('utf8').on('data', (text) => {
      said[stream] += text;
    });
  }
  // A program that does not read its input may close it first.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code, ...said };
}

/**
 * A running program.
 *
 * @typedef {object} App
 * @property {string} url its address, without a slash at the end
 * @property {string} data its data folder
 * @property {number} pid
 * @property {() => string} log all that it printed until now
 * @property {(options?: PageOptions) => Promise<import('playwright-core').Page>} page a page of it
 * @property {() => Promise<void>} stop ends it in good order; the data folder stays
 * @property {() => Promise<void>} kill ends it as a power cut would; the data folder stays
 */

/**
 * Starts the program and waits until it says where it listens.
 *
 * @param {string[]} args
 * @param {{data: string, env?: object, within?: number}} options
 * @returns {Promise<App>}
 */
export async function start(args, { data, env = {}, within = START_MS }) {
  const child = spawn(program(), [...args, '--data', data], {
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  let ended = false;
  const end = once(child, 'close').finally(() => {
    ended = true;
  });
  end.catch(() => {});

  const stop = async (signal) => {
    open.delete(thing);
    if (ended) return;
    child.kill(signal);
    const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await end;
    clearTimeout(patience);
  };
  const thing = { close: () => stop('SIGTERM'), kill: () => child.kill('SIGKILL') };
  open.add(thing);

  const url = await new Promise((resolve, reject) => {
    const limit = setTimeout(
      () => reject(new Error(`not listening after ${within} ms:\n${log}`)),
      within,
    );
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        log += text;
        const found = /listening on (http:\/\/[\w.:[\]-]+)/.exec(log);
        if (found) resolve(found[1]);
      });
    }
    end.then(
      ([code, signal]) => reject(new Error(`ended (${code ?? signal}) before listening:\n${log}`)),
      reject,
    ).finally(() => clearTimeout(limit));
    // Whatever the outcome, the limit must not keep the process alive.
    limit.unref();
  }).catch(async (error) => {
    await stop('SIGKILL');
    throw error;
  });

  return {
    url,
    data,
    pid: child.pid,
    log: () => log,
    page: (options) => page({ baseURL: url, ...options }),
    stop: () => stop('SIGTERM'),
    kill: () => stop('SIGKILL'),
  };
}

/**
 * Starts the program on a demo city of its own.
 *
 * The city of a reference day is made once in a run of `cargo xtask test` and copied for each caller.
 *
 * @param {{asOf?: string, data?: string, env?: object}} [options] `asOf`: the reference day,
 *   `2026-11-20`; `data`: the folder of an earlier program, to start it again as it was
 * @returns {Promise<App>}
 */
export async function startDemo({ asOf, data: earlier, env } = {}) {
  const args = ['demo', '--listen', '127.0.0.1:0', ...(asOf ? ['--as-of', asOf] : [])];
  if (earlier) return start(args, { data: earlier, env });
  const data = path.join(await newFolder('demo'), 'data');
  if (!WORK) return start(args, { data, env, within: MAKE_MS });
  const made = path.join(WORK, `made-${asOf ?? 'today'}`);
  const there = await stat(made).then(
    () => true,
    () => false,
  );
  if (!there) {
    // Into its place only when it is whole.
    const making = path.join(await newFolder('making'), 'data');
    const maker = await start(args, { data: making, env, within: MAKE_MS });
    await maker.stop();
    await rename(making, made);
  }
  await cp(made, data, { recursive: true });
  return start(args, { data, env });
}

/**
 * Starts the program as somebody does who has nothing yet: an empty data folder, no demo.
 *
 * @param {{data?: string, port?: number, env?: object}} [options] `data` and `port` of an earlier
 *   program, to start it again as it was
 * @returns {Promise<App>}
 */
export async function startEmpty({ data, port, env = {} } = {}) {
  const address = `127.0.0.1:${port ?? (await freePort())}`;
  return start(['serve', '--listen', address], {
    data: data ?? (await newFolder('empty')),
    env: { HUIQI_PUBLIC_URL: `http://${address}`, ...env },
  });
}

// ---------------------------------------------------------------------------------------------
// The browser

let launched;

/** The one Chromium of this file's process, with an empty profile. */
export function browser() {
  launched ??= chromium
    .launch({ executablePath: CHROMIUM, headless: true, args: CHROMIUM_FLAGS })
    .then((browser) => {
      open.add({
        close: () => {
          launched = undefined;
          return browser.close();
        },
      });
      return browser;
    });
  return launched;
}

/** The user agent of WeChat's built-in browser on an Android phone. */
export const WECHAT =
  'Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 ' +
  'Chrome/130.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50 Language/zh_CN';

/**
 * @typedef {object} PageOptions
 * @property {string} [baseURL] the address that `goto('/…')` starts from
 * @property {number} [width] 1280 by default; below 500 it is a phone with a touch screen
 * @property {string} [locale] `zh-CN` by default, or `en`
 * @property {string} [userAgent] e.g. {@link WECHAT}
 * @property {'light' | 'dark'} [colorScheme]
 * @property {boolean} [javaScriptEnabled]
 */

/** What went wrong on a page, gathered while it was open. */
const troubles = new WeakMap();

/**
 * A page in a context of its own: no cookies of any other page. Closing its context is optional.
 *
 * @param {PageOptions} [options]
 * @returns {Promise<import('playwright-core').Page>}
 */
export async function page({
  baseURL,
  width = 1280,
  locale = 'zh-CN',
  userAgent,
  colorScheme = 'light',
  javaScriptEnabled = true,
} = {}) {
  const phone = width < 500;
  const context = await (await browser()).newContext({
    baseURL,
    viewport: { width, height: phone ? 844 : 900 },
    deviceScaleFactor: phone ? 2 : 1,
    isMobile: phone,
    hasTouch: phone,
    locale,
    timezoneId: 'Asia/Shanghai',
    userAgent,
    colorScheme,
    javaScriptEnabled,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const found = [];
  troubles.set(page, found);
  page.on('pageerror', (error) => found.push(`script: ${error.message}`));
  page.on('console', (message) => {
    // Refusals that a journey wants to see are answers 4xx, which Chromium logs as errors too.
    const refusal = /Failed to load resource: the server responded with a status of 4/;
    if (message.type() === 'error' && !refusal.test(message.text())) {
      found.push(`console: ${message.text()}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 500) found.push(`${response.status()}: ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    const failure = request.failure()?.errorText;
    // A page left, or a download taken over, while something was still on its way.
    if (failure !== 'net::ERR_ABORTED') found.push(`${failure}: ${request.url()}`);
  });
  return page;
}

/**
 * What went wrong on a page until now: errors of scripts, complaints of the browser (the content
 * security policy's among them), answers of 500 and above, requests that failed.
 *
 * @param {import('playwright-core').Page} page made by {@link page}
 * @returns {string[]}
 */
export function problems(page) {
  return [...(troubles.get(page) ?? [])];
}

/**
 * Signs in by a button of the demo's sign-in page.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} as the code of a role (the button's value), or the words on its button
 */
export async function signInAs(page, as) {
  await page.goto('/sign-in');
  const buttons = page.locator('button[name="as"]');
  const byCode = page.locator(`button[name="as"][value=${JSON.stringify(as)}]`);
  const button = (await byCode.count()) > 0 ? byCode : buttons.filter({ hasText: as });
  if ((await button.count()) === 0) {
    const offered = await buttons.evaluateAll((all) => all.map((one) => one.value));
    throw new Error(`no button signs in as ${as}; there are: ${offered.join(', ') || 'none'}`);
  }
  await Promise.all([
    page.waitForURL((url) => url.pathname !== '/sign-in'),
    button.first().click(),
  ]);
}

// ---------------------------------------------------------------------------------------------
// Looking closely

let axeSource;

/**
 * What axe finds on a page that is serious or critical; each with the places it is at. A journey
 * expects an empty list.
 *
 * @param {import('playwright-core').Page} page with JavaScript enabled
 * @returns {Promise<{id: string, impact: string, help: string, nodes: string[]}[]>}
 */
export async function axe(page) {
  axeSource ??= await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // Given by the debugger, not by the page, so the content security policy does not matter.
  await page.evaluate(`if (!window.axe) { ${axeSource} }`);
  const violations = await page.evaluate(async () => {
    const results = await window.axe.run(document, { resultTypes: ['violations'] });
    return results.violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      nodes: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
    }));
  });
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}

/**
 * How many pixels a page is wider than its window: 0 where nobody has to scroll sideways.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<number>}
 */
export function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}

/**
 * Keeps a picture of the whole page in `e2e/shots` where E2E_SHOTS is set; does nothing elsewhere.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} name e.g. `firm-request-390`
 */
export async function shot(page, name) {
  if (!process.env.E2E_SHOTS) return;
  const folder = path.join(HERE, 'shots');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}

/**
 * Gathers what is wrong on the pages of a journey, so that one fault does not hide the next: call it
 * on every page, and `done()` at the end.
 *
 * @returns {((page: import('playwright-core').Page, name: string) => Promise<void>)
 *   & {found: () => string[], done: () => void}}
 */
export function looking() {
  const wrong = [];
  const look = async (page, name) => {
    await shot(page, name);
    for (const { id, nodes } of await axe(page)) wrong.push(`${name}: axe ${id}: ${nodes.join(' | ')}`);
    const wide = await overflow(page);
    if (wide > 0) wrong.push(`${name}: ${wide} px wider than the window`);
    for (const problem of problems(page)) wrong.push(`${name}: ${problem}`);
  };
  look.found = () => [...new Set(wrong)];
  look.done = () => assert.equal(look.found().join('\n'), '');
  return look;
}

/**
 * Chinese on a page of another language that is not marked as Chinese: visible words, words for
 * readers of the page, and the attributes that are read out. Each with the way to it.
 *
 * @param {import('playwright-core').Page} page
 * @param {{except?: string[], names?: Set<string>}} [options] `except`: selectors of what people have
 *   written themselves; `names`: proper names that have no other form, which may stand in any text
 * @returns {Promise<string[]>}
 */
export async function unmarkedChinese(page, { except = [], names = new Set() } = {}) {
  const all = await page.evaluate((except) => {
    const han = /\p{Script=Han}/u;
    const left = ['[lang^="zh"]', 'script', 'style', 'noscript', ...except].join(',');
    const way = (element) => {
      const parts = [];
      for (let at = element; at && at !== document.body && parts.length < 5; at = at.parentElement) {
        const name = at.className && typeof at.className === 'string' ? `.${at.className.trim().split(/\s+/)[0]}` : '';
        parts.unshift(at.localName + (at.id ? `#${at.id}` : name));
      }
      return parts.join(' > ');
    };
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const owner = node.parentElement;
      if (han.test(node.data) && owner && !owner.closest(left)) {
        found.push([way(owner), node.data.trim().replace(/\s+/g, ' ')]);
      }
    }
    for (const name of ['placeholder', 'title', 'aria-label', 'alt', 'data-label', 'content']) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        const words = element.getAttribute(name);
        if (han.test(words) && !element.closest(left)) found.push([`${way(element)} [${name}]`, words]);
      }
    }
    return found;
  }, except);
  const longest = [...names].filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
  // What stands in quotation marks are the words of people.
  const bare = (words) => longest.reduce((rest, name) => rest.replaceAll(name, '◦'), words.replace(/“[^”]*”|"[^"]*"/gu, '◦'));
  const left = all.filter(([, words]) => /\p{Script=Han}/u.test(bare(words)));
  return [...new Set(left.map(([way, words]) => `${way}: ${words.slice(0, 120)}`))];
}

/** Removes a data folder that is no longer needed. */
export async function removeData(app) {
  await rm(app.data, { recursive: true, force: true });
}
