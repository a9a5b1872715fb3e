// inference.sh's own JavaScript client, unmodified. The emulator is at EMULATOR_URL.
import assert from 'node:assert/strict';
import { register } from 'node:module';
import { beforeEach, test } from 'node:test';

register('./extensionless.mjs', import.meta.url);
const { Inference, InferenceError, RequirementsNotMetException, TaskStatusCancelled, TaskStatusCompleted, parseStatus } =
  await import('@inferencesh/sdk');

const url = process.env.EMULATOR_URL;
const app = 'google/gemini-3-1-flash-image';
const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const client = (more) => new Inference({ apiKey: 'inf_key', baseUrl: `${url}/inferencesh`, ...more });
const inference = client();

const admin = async (path, body) => {
  const response = await fetch(`${url}/emulator/${path}`, { method: 'POST', body: JSON.stringify(body) });
  assert.equal(response.status, 200);
};

const script = (...faults) => admin('faults', { faults, service: 'inferencesh', operation: 'apps.run', times: 1 });
const habit = (...faults) => admin('habits', { service: 'inferencesh', faults });
const width = async (address) => {
  const picture = Buffer.from(await (await fetch(address)).arrayBuffer());
  assert.equal(picture.subarray(1, 4).toString(), 'PNG');
  return picture.readUInt32BE(16);
};

beforeEach(async () => {
  for (const path of ['requests', 'faults', 'habits', 'jobs']) {
    await fetch(`${url}/emulator/${path}`, { method: 'DELETE' });
  }
});

test('runs an app and hears of its progress', async () => {
  const updates = [];
  const progress = [];

  const task = await inference.run({ app, input: { prompt: 'a lighthouse at dawn', aspect_ratio: '16:9' } }, {
    onUpdate: (update) => updates.push(update.status),
    onPartialUpdate: (update, fields) => updates.push(fields.includes('status') && update.status),
    onDelta: (delta) => progress.push(delta.progress),
  });

  assert.equal(task.status, TaskStatusCompleted);
  assert.equal(await width(task.output.images[0]), 1376);
  assert.deepEqual(updates, [...updates].sort((a, b) => a - b));
  assert.equal(updates.at(-1), TaskStatusCompleted);
  assert.ok(progress.length > 1);
});

test('runs an app and polls', async () => {
  const task = await client({ stream: false, pollIntervalMs: 50 }).run(
    { app, input: { prompt: 'a lighthouse', num_images: 2 } });

  assert.equal(task.output.images.length, 2);
});

test('runs an app without waiting, and waits for it at the server', async () => {
  const started = await inference.run({ app, input: { prompt: 'a lighthouse' } }, { wait: false });
  assert.notEqual(started.status, TaskStatusCompleted);

  const task = await inference.run({ app, input: { prompt: 'a lighthouse' }, wait: true }, { wait: false });

  assert.equal(task.status, TaskStatusCompleted);
});

for (const [name, faults, headers] of [
  ['the envelope of old', ['oldestEnvelope'], {}],
  ['no envelope', [], { 'X-API-Version': '2' }],
  ['status names', ['statusNames'], {}],
]) {
  test(`understands ${name}`, async () => {
    if (faults.length) await habit(...faults);

    const task = await client({ headers }).run({ app, input: { prompt: 'a lighthouse' } });

    assert.equal(parseStatus(task.status), TaskStatusCompleted);
    assert.equal(await width(task.output.images[0]), 1024);
  });
}

test('cancels a task', async () => {
  await script('neverEnds');
  const started = await inference.run({ app, input: { prompt: 'a lighthouse' } }, { wait: false });
  const watched = inference.tasks.watch(started).done;

  await Promise.all([
    assert.rejects(watched, /task cancelled/),
    inference.tasks.cancel(started.id),
  ]);

  assert.equal((await inference.tasks.get(started.id)).data.status, TaskStatusCancelled);
});

test('rejects when the task fails', async () => {
  await script({ kind: 'finish', finishReason: 'IMAGE_SAFETY' });

  await assert.rejects(
    inference.run({ app, input: { prompt: 'a lighthouse' } }), /No images were generated. finish_reason=IMAGE_SAFETY/);
});

test('lists, gets and deletes tasks', async () => {
  for (const prompt of ['one', 'two', 'three']) {
    await inference.run({ app, input: { prompt } }, { wait: false });
  }

  const first = (await inference.tasks.list({ limit: 2 })).data;
  const second = (await inference.tasks.list({ limit: 2, cursor: first.next_cursor })).data;

  assert.deepEqual([...first.items, ...second.items].map((task) => task.input.prompt), ['three', 'two', 'one']);
  assert.equal(second.has_next, false);
  const { id } = second.items[0];
  assert.equal((await inference.tasks.get(id)).data.app.name, 'gemini-3-1-flash-image');
  assert.equal((await inference.tasks.getLogs(id)).data.task_id, id);
  assert.ok((await inference.tasks.getTimings(id)).data.events.length);
  assert.equal((await inference.tasks.delete(id)).data, undefined);
  await assert.rejects(inference.tasks.get(id), (error) => error instanceof InferenceError && error.statusCode === 404);
});

test('uploads a file and edits it', async () => {
  const file = await inference.files.upload(`data:image/png;base64,${dot}`, { filename: 'dot.png' });

  const task = await inference.run({ app, input: { prompt: 'a hat', images: [file.uri] } });

  assert.equal(await width(file.uri), 1);
  assert.equal(await width(task.output.images[0]), 1024);
  assert.equal((await inference.files.get(file.id)).data.filename, 'dot.png');
  assert.equal((await inference.files.list({})).data.items[0].id, file.id);
  await inference.files.delete(file.id);
  await assert.rejects(inference.files.get(file.id), /404/);
});

test('uploads what is inline by itself', async () => {
  await inference.run({ app, input: { prompt: 'a hat', images: [`data:image/png;base64,${dot}`] } });

  const received = await (await fetch(`${url}/emulator/requests`)).json();
  assert.match(received.find((one) => one.operation === 'apps.run').body.input.images[0], /\/cloud\//);
});

test('gets and lists apps', async () => {
  const found = (await inference.apps.get(app)).data;

  assert.deepEqual(found.version.input_schema.required, ['prompt']);
  assert.ok((await inference.apps.list({})).data.items.some((one) => one.id === found.id));
});

test('hears a stream of events', async () => {
  const started = await inference.run({ app, input: { prompt: 'a lighthouse' } }, { wait: false });
  const source = await inference.tasks.stream(started.id);

  const last = await new Promise((resolve, reject) => {
    let update;
    source.addEventListener('update', (event) => { update = JSON.parse(event.data); });
    source.addEventListener('done', () => resolve(update));
    source.addEventListener('error', reject);
  });
  source.close();

  assert.equal(last.status, TaskStatusCompleted);
  assert.equal(last.progress, 100);
});

test('rejects when the stream breaks off', async () => {
  await admin('faults', { faults: [{ kind: 'truncate', afterBytes: 1500 }], operation: 'tasks.stream', times: 1 });

  await assert.rejects(inference.run({ app, input: { prompt: 'a lighthouse' } }));
});

test('throws what it lacks', async () => {
  await script({ kind: 'requirementNotMet', type: 'secret', key: 'GOOGLE_KEY', message: 'Add a key' });

  await assert.rejects(
    inference.run({ app, input: { prompt: 'a cat' } }),
    (error) => error instanceof RequirementsNotMetException && error.errors[0].action.type === 'add_secret');
});

for (const [fault, status, message] of [
  [{ kind: 'rateLimited', retryDelay: '3s' }, 429, 'Rate limit exceeded'],
  ['invalidKey', 401, 'Invalid or missing API key'],
  ['internal', 500, 'Internal server error'],
  [{ kind: 'status', code: 422, status: 'RESOURCE_EXHAUSTED', message: 'No capacity' }, 422, 'No capacity'],
]) {
  test(`throws its own error for ${status}`, async () => {
    await script(fault);

    await assert.rejects(
      inference.run({ app, input: { prompt: 'a cat' } }),
      (error) => error instanceof InferenceError && error.statusCode === status && error.message.includes(message));
  });
}

test('throws its own error for a wrong input', async () => {
  await assert.rejects(
    inference.run({ app, input: { prompt: 'a cat', resolution: '8K' } }),
    (error) => error.statusCode === 400 && error.message.includes('resolution: expected one of 512, 1K, 2K, 4K'));
});
