// Google's JavaScript client, unmodified, against AnyFast. The emulator is at EMULATOR_URL.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { ApiError, GoogleGenAI } from '@google/genai';

const url = process.env.EMULATOR_URL;
const model = 'gemini-3.1-flash-image';
const client = (apiKey) => new GoogleGenAI({
  apiKey, httpOptions: { baseUrl: `${url}/anyfast`, apiVersion: 'v1beta' },
});
const ai = client('fast-key');

const shape = (aspectRatio, imageSize) => ({
  responseModalities: ['TEXT', 'IMAGE'],
  imageConfig: { aspectRatio, imageSize },
});

const pictureOf = (response) =>
  response.candidates[0].content.parts.find((part) => part.inlineData && !part.thought).inlineData;

const admin = async (path, body) => {
  const response = await fetch(`${url}/emulator/${path}`, { method: 'POST', body: JSON.stringify(body) });
  assert.equal(response.status, 200);
};

const refusal = (status, message) => (error) => {
  assert.ok(error instanceof ApiError, String(error));
  assert.equal(error.status, status);
  assert.match(error.message, message);
  return true;
};

beforeEach(async () => {
  for (const path of ['requests', 'faults', 'habits']) {
    await fetch(`${url}/emulator/${path}`, { method: 'DELETE' });
  }
  // It does not know the snake_case that AnyFast's samples show.
  await admin('habits', { service: 'anyfast', faults: ['camelCase'] });
});

test('generates a picture', async () => {
  const response = await ai.models.generateContent({
    model, contents: 'a lighthouse at dawn', config: shape('16:9', '1K'),
  });

  const { data, mimeType } = pictureOf(response);
  assert.equal(mimeType, 'image/jpeg');
  assert.equal(Buffer.from(data, 'base64').subarray(0, 2).toString('hex'), 'ffd8');
  assert.match(response.text, /a lighthouse at dawn/);
  assert.ok(response.usageMetadata.totalTokenCount > 1120);
});

test('sees no picture in the snake_case of the samples', async () => {
  await fetch(`${url}/emulator/habits`, { method: 'DELETE' });

  const response = await ai.models.generateContent({ model, contents: 'a cat', config: shape('1:1', '512') });

  assert.ok(response.candidates[0].content.parts.every((part) => !part.inlineData));
});

test('edits a picture', async () => {
  const lighthouse = pictureOf(await ai.models.generateContent({
    model, contents: 'a lighthouse', config: shape('3:4', '512'),
  }));

  const response = await ai.models.generateContent({
    model,
    contents: [{ text: 'paint it red' }, { inlineData: lighthouse }],
    config: { responseModalities: ['IMAGE'] },
  });

  assert.ok(pictureOf(response).data.length > 1000);
  const received = (await (await fetch(`${url}/emulator/requests`)).json())[1];
  assert.equal(received.service, 'anyfast');
  assert.equal(received.pictures[0].width, 448);
});

test('streams', async () => {
  await fetch(`${url}/emulator/habits`, { method: 'DELETE' });
  const chunks = [];
  for await (const chunk of await ai.models.generateContentStream({
    model, contents: 'a lighthouse', config: { responseModalities: ['IMAGE'] },
  })) {
    chunks.push(chunk);
  }

  assert.ok(chunks[0].candidates[0].content.parts[0].thought);
  assert.ok(pictureOf(chunks[1]).data.length > 1000);
  assert.equal(chunks[2].candidates, undefined);
  assert.ok(chunks[2].usageMetadata.totalTokenCount > 1120);
});

test('chats in two turns', async () => {
  const chat = ai.chats.create({ model, config: shape('1:1', '512') });
  await chat.sendMessage({ message: 'draw a cat' });

  const second = await chat.sendMessage({ message: 'make it blue' });

  assert.ok(pictureOf(second).data.length > 1000);
});

test('finds the address of the group Aggregate-NanoUrl', async () => {
  await admin('habits', { service: 'anyfast', faults: ['fileData'] });

  const response = await ai.models.generateContent({ model, contents: 'a cat', config: shape('1:1', '512') });

  const { fileUri } = response.candidates[0].content.parts.find((part) => part.fileData).fileData;
  assert.equal((await fetch(fileUri)).headers.get('content-type'), 'image/jpeg');
});

test('refuses an invalid key', async () => {
  await assert.rejects(
    client('wrong').models.generateContent({ model, contents: 'a cat', config: shape('1:1', '1K') }),
    refusal(401, /Invalid API key provided[^]*authentication_error/));
});

test('refuses a ratio that the documents do not have', async () => {
  await assert.rejects(
    ai.models.generateContent({ model, contents: 'a cat', config: shape('21:9', '1K') }),
    refusal(400, /Aspect ratio 21:9 is not supported/));
});

test('says that it is too much', async () => {
  await admin('faults', { faults: [{ kind: 'rateLimited', retryDelay: '1s' }], service: 'anyfast', times: 1 });

  await assert.rejects(
    ai.models.generateContent({ model, contents: 'a cat', config: shape('1:1', '1K') }),
    refusal(429, /rate_limit_exceeded/));
});
