// OpenAI's JavaScript client, unmodified, against AI/ML API. The emulator is at EMULATOR_URL.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import OpenAI from 'openai';

const url = process.env.EMULATOR_URL;
const model = 'google/nano-banana-2';
const client = (apiKey) => new OpenAI({ apiKey, baseURL: `${url}/aimlapi/v1`, maxRetries: 0 });
const openai = client('aiml-key');

const admin = async (path, body) => {
  const response = await fetch(`${url}/emulator/${path}`, { method: 'POST', body: JSON.stringify(body) });
  assert.equal(response.status, 200);
};

const script = (fault) => admin('faults', { faults: [fault], service: 'aimlapi', times: 1 });

beforeEach(async () => {
  for (const path of ['requests', 'faults', 'habits']) {
    await fetch(`${url}/emulator/${path}`, { method: 'DELETE' });
  }
});

test('generates a picture at an address', async () => {
  const { data: answer, response } = await openai.images
    .generate({ model, prompt: 'a lighthouse at dawn', aspect_ratio: '16:9', resolution: '1K' })
    .withResponse();

  const picture = Buffer.from(await (await fetch(answer.data[0].url)).arrayBuffer());
  assert.equal(picture.subarray(1, 4).toString(), 'PNG');
  assert.equal(picture.readUInt32BE(16), 1376);
  assert.equal(answer.data[0].b64_json, null);
  assert.equal(answer.meta.usage.credits_used, 178975);
  assert.ok(response.headers.get('x-inference-id'));
});

test('generates a picture in Base64', async () => {
  await admin('habits', { service: 'aimlapi', faults: ['inlineData'] });

  const answer = await openai.images.generate({ model, prompt: 'a lighthouse' });

  assert.equal(Buffer.from(answer.data[0].b64_json, 'base64').subarray(1, 4).toString(), 'PNG');
  assert.equal(answer.data[0].url, null);
});

test('edits pictures by address and in Base64', async () => {
  await admin('habits', { service: 'aimlapi', faults: ['inlineData'] });
  const first = (await openai.images.generate({ model, prompt: 'a lighthouse' })).data[0].b64_json;
  await fetch(`${url}/emulator/habits`, { method: 'DELETE' });
  const second = (await openai.images.generate({ model, prompt: 'a ship' })).data[0].url;

  const edited = await openai.images.generate({
    model, prompt: 'put the ship beside it', image_urls: [`data:image/png;base64,${first}`, second],
  });

  assert.equal(edited.meta.usage.credits_used, 185093);
  const received = (await (await fetch(`${url}/emulator/requests`)).json()).at(-1);
  assert.equal(received.service, 'aimlapi');
  assert.equal(received.pictures[0].width, 1024);
});

test('refuses a wrong key', async () => {
  await assert.rejects(
    client('wrong').images.generate({ model, prompt: 'a cat' }),
    (error) => error instanceof OpenAI.AuthenticationError && error.status === 401);
});

// OpenAI has the message within 'error'; the client does not look for it where the documents of AI/ML API have it.
test('refuses a size that the documents do not have', async () => {
  await assert.rejects(
    openai.images.generate({ model, prompt: 'a cat', resolution: '512' }),
    (error) => error instanceof OpenAI.BadRequestError && error.status === 400);
});

for (const [fault, type, status] of [
  [{ kind: 'rateLimited', retryDelay: '3s' }, OpenAI.RateLimitError, 429],
  ['creditsDepleted', OpenAI.PermissionDeniedError, 403],
  ['modelNotFound', OpenAI.NotFoundError, 404],
  ['internal', OpenAI.InternalServerError, 500],
  ['badGateway', OpenAI.InternalServerError, 502],
  ['overloaded', OpenAI.InternalServerError, 503],
  ['deadlineExceeded', OpenAI.InternalServerError, 504],
]) {
  test(`throws its own error for ${status}`, async () => {
    await script(fault);

    await assert.rejects(
      openai.images.generate({ model, prompt: 'a cat' }),
      (error) => error instanceof type && error.status === status);
  });
}

test('comes back when it was told to', async () => {
  await script({ kind: 'rateLimited', retryDelay: '0.1s' });
  const patient = new OpenAI({ apiKey: 'aiml-key', baseURL: `${url}/aimlapi/v1`, maxRetries: 1 });

  const answer = await patient.images.generate({ model, prompt: 'a cat' });

  assert.equal(answer.data.length, 1);
});

test('throws a connection error for a reset', async () => {
  await script('resetBeforeHeaders');

  await assert.rejects(
    openai.images.generate({ model, prompt: 'a cat' }),
    (error) => error instanceof OpenAI.APIConnectionError);
});
