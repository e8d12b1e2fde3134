// Steps that several journeys take, each as a person takes it: by names, labels and roles.

import assert from 'node:assert/strict';
import { signInAs } from './support.mjs';

/** The message after a step. */
export async function said(page) {
  return (await page.getByRole('main').getByRole('status').first().innerText()).trim();
}

/** Waits for a message with these words. */
export async function expectSaid(page, words) {
  await page.getByRole('main').getByRole('status').filter({ hasText: words }).first().waitFor();
}

/** Number and query code out of the message after asking or taking in. */
export function receipt(text) {
  const found = /(FW-\d{4}-\d+)\D+?查询码\s*([0-9A-Z]{8})/.exec(text);
  assert.ok(found, `number and query code in: ${text}`);
  return { number: found[1], code: found[2] };
}

/** The box of what one may do on the page of a case. */
export function mayDo(page) {
  return page.getByRole('region', { name: '您现在可以' });
}

/** The folded form behind a step's verb. */
export function folded(page, verb) {
  const summary = page.locator('summary').filter({ has: page.getByText(verb, { exact: true }) });
  return mayDo(page).locator('details').filter({ has: summary });
}

/** Opens the folded form of a step unless it is open. */
export async function unfold(page, verb) {
  const box = folded(page, verb);
  await box.waitFor();
  if ((await box.getAttribute('open')) === null) await box.locator('summary').click();
  return box;
}

/**
 * Takes a step on the page of a case: by its button, or by its form when there is something to fill.
 *
 * @param {string} verb the words on it
 * @param {{words?: string, pick?: Record<string, string>, fill?: Record<string, string>, submit?: string}} [what]
 *   `words` for the one text of the form, `pick` and `fill` by label, `submit` the words of its button
 */
export async function act(page, verb, what) {
  if (!what) {
    await mayDo(page).getByRole('button', { name: verb, exact: true }).click();
    return;
  }
  const box = await unfold(page, verb);
  for (const [label, option] of Object.entries(what.pick ?? {})) {
    await box.getByLabel(label).selectOption(option);
  }
  for (const [label, value] of Object.entries(what.fill ?? {})) await box.getByLabel(label).fill(value);
  if (what.words !== undefined) await box.getByRole('textbox').last().fill(what.words);
  await box.getByRole('button', { name: what.submit ?? verb, exact: true }).click();
}

/**
 * Organisation or window of a role of the demo, and the name of the person, as the sign-in page says
 * them.
 */
export async function faceOf(page, role) {
  await page.goto('/sign-in');
  const words = await page
    .locator('li')
    .filter({ has: page.locator(`button[name="as"][value="${role}"]`) })
    .locator('p')
    .innerText();
  const [place, name] = words.split('\n')[0].split('，');
  return { place: place.trim(), name: name.trim() };
}

/** A page of somebody of the demo, signed in. */
export async function as(app, role, options) {
  const page = await app.page(options);
  await signInAs(page, role);
  return page;
}

/** Asks in the portal as a firm's member; gives the number. */
export async function ask(page, { words, title, category, kind = '服务需求' }) {
  await page.goto('/ask');
  await page.getByRole('radio', { name: kind }).check();
  await page.getByLabel('具体情况').fill(words);
  if (title) await page.getByLabel('用一句话说').fill(title);
  if (category) await page.getByLabel('服务类别').selectOption({ label: category });
  await page.getByRole('button', { name: '继续' }).click();
  const phone = page.getByLabel('手机号');
  await phone.waitFor();
  if ((await phone.inputValue()) === '') await phone.fill('13900001234');
  await page.getByLabel('我同意为办这件事使用我填的资料').check();
  await page.getByRole('button', { name: '提交诉求' }).click();
  await page.waitForURL(/\/requests\/FW-/);
  return decodeURIComponent(new URL(page.url()).pathname.split('/').pop());
}

/** The desk accepts. */
export async function accept(page, number, category) {
  await page.goto(`/requests/${number}`);
  await act(page, '受理', { pick: category ? { 服务类别: { label: category } } : {} });
  await expectSaid(page, '已受理');
}

/**
 * Dispatches to exactly these windows and organisations, in as many rounds as the page needs: the
 * suggestions can be ticked together, others are chosen one at a time.
 *
 * @param {string[]} places names
 */
export async function dispatch(page, number, places, mode = '一家主办，其余协办，主办写唯一的答复') {
  let left = [...places];
  for (let round = 0; left.length > 0; round += 1) {
    assert.ok(round < places.length, `dispatched to ${places}`);
    await page.goto(`/requests/${number}/dispatch`);
    await page.getByRole('button', { name: '派出去' }).waitFor();
    for (const box of await page.getByRole('checkbox', { checked: true }).all()) await box.uncheck();
    const rest = [];
    for (const place of left) {
      const suggested = page.getByRole('checkbox', { name: place });
      if ((await suggested.count()) > 0) await suggested.first().check();
      else rest.push(place);
    }
    const [other, ...later] = rest;
    if (other) await page.getByLabel('另选一家').selectOption({ label: other });
    await page.getByRole('radio', { name: mode }).check();
    await page.getByRole('button', { name: '派出去' }).click();
    await expectSaid(page, '已派给');
    left = later;
  }
}

/** A handler takes it, notes the first contact, and reports. */
export async function serve(page, number, { contact, answer }) {
  await page.goto(`/requests/${number}`);
  await act(page, '接单');
  await expectSaid(page, '接下来了');
  await act(page, '记下联系情况', { words: contact, submit: '记下' });
  await expectSaid(page, '开始办理');
  await act(page, '反馈结果', { words: answer, submit: '反馈' });
  await expectSaid(page, '已反馈');
}

/**
 * Presses Tab until the wanted element has the keyboard.
 *
 * @param {import('playwright-core').Locator} wanted
 * @param {number} [most] presses
 */
export async function tabTo(page, wanted, most = 150) {
  await wanted.waitFor();
  for (let i = 0; i < most; i += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  const at = await page.evaluate(() => document.activeElement?.outerHTML?.slice(0, 200));
  assert.fail(`${wanted} is not reached by ${most} presses of Tab; the keyboard is at ${at}`);
}
