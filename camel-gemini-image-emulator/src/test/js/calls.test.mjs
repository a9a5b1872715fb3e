// The calls of GoogleJavaSdkTest, made by Google's JavaScript client. The emulator is at EMULATOR_URL, and the path of the
// Developer API is that of API_VERSION.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { beforeEach, test } from 'node:test';
import { ApiError, GoogleGenAI } from '@google/genai';

const url = process.env.EMULATOR_URL;
const model = 'gemini-3.1-flash-image';
const httpOptions = { baseUrl: url, apiVersion: process.env.API_VERSION };
const ai = new GoogleGenAI({ apiKey: 'test-key', httpOptions });

const shape = (aspectRatio, imageSize) => ({
  responseModalities: ['TEXT', 'IMAGE'],
  imageConfig: { aspectRatio, imageSize },
});

const pictureOf = (response) =>
  response.candidates[0].content.parts.find((part) => part.inlineData && !part.thought).inlineData;

const requests = async () => (await fetch(`${url}/emulator/requests`)).json();

const script = async (fault) => {
  const body = JSON.stringify({ faults: [fault], times: 1 });
  const response = await fetch(`${url}/emulator/faults`, { method: 'POST', body });
  assert.equal(response.status, 200);
};

const refusal = (status, message) => (error) => {
  assert.ok(error instanceof ApiError, String(error));
  assert.equal(error.status, status);
  assert.match(error.message, message);
  return true;
};

beforeEach(async () => {
  await fetch(`${url}/emulator/requests`, { method: 'DELETE' });
  await fetch(`${url}/emulator/faults`, { method: 'DELETE' });
  await fetch(`${url}/emulator/files`, { method: 'DELETE' });
});

test('generates a picture', async () => {
  const response = await ai.models.generateContent({
    model, contents: 'a lighthouse at dawn', config: shape('16:9', '1K'),
  });

  const { data, mimeType } = pictureOf(response);
  assert.equal(mimeType, 'image/jpeg');
  assert.equal(Buffer.from(data, 'base64').subarray(0, 2).toString('hex'), 'ffd8');
  assert.equal(response.candidates[0].finishReason, 'STOP');
  assert.match(response.candidates[0].content.parts[0].text, /a lighthouse at dawn/);
  assert.ok(response.usageMetadata.candidatesTokensDetails.some((detail) => detail.tokenCount === 1120));
});

test('calls the path of its version', async () => {
  await ai.models.generateContent({ model, contents: 'a cat' });

  assert.equal((await requests())[0].path, `/${process.env.API_VERSION}/models/${model}:generateContent`);
});

for (const pictureIn of [1, 2, 3]) {
  test(`carries an answer on that has its picture in call ${pictureIn}`, async () => {
    await script({ kind: 'continuation', n: 2, pictureIn });

    const response = await ai.models.generateContent({ model, contents: 'a lighthouse at dawn' });

    assert.equal((await requests()).length, 3);
    assert.ok(pictureOf(response).data.length > 1000);
    assert.equal(response.text, 'Here is your picture: a lighthouse at dawn');
    assert.equal(response.candidates[0].finishReason, 'STOP');
  });
}

test('carries a stream on', async () => {
  await script({ kind: 'continuation', n: 1, pictureIn: 2 });

  let text = '';
  let pictures = 0;
  for await (const chunk of await ai.models.generateContentStream({ model, contents: 'a lighthouse' })) {
    for (const part of chunk.candidates?.[0]?.content?.parts ?? []) {
      text += part.text ?? '';
      pictures += part.inlineData ? 1 : 0;
    }
  }

  assert.equal((await requests()).length, 2);
  assert.equal(text, 'Here is your picture: a lighthouse');
  assert.equal(pictures, 1);
});

test('edits a picture', async () => {
  const lighthouse = pictureOf(await ai.models.generateContent({
    model, contents: 'a lighthouse', config: shape('3:4', '512'),
  }));

  const response = await ai.models.generateContent({
    model, contents: [{ text: 'paint it red' }, { inlineData: lighthouse }],
  });

  assert.ok(pictureOf(response).data.length > 1000);
  const [received] = (await requests())[1].pictures;
  assert.equal(received.length, Buffer.from(lighthouse.data, 'base64').length);
  assert.equal(received.width, 448);
});

test('streams', async () => {
  const chunks = [];
  for await (const chunk of await ai.models.generateContentStream({
    model, contents: 'a lighthouse', config: shape('1:1', '512'),
  })) {
    chunks.push(chunk);
  }

  assert.equal(chunks.length, 3);
  assert.match(chunks[0].text + chunks[1].text, /lighthouse/);
  assert.ok(pictureOf(chunks[2]).data.length > 1000);
  assert.equal(chunks[2].candidates[0].finishReason, 'STOP');
});

test('chats in two turns', async () => {
  const chat = ai.chats.create({ model, config: shape('1:1', '512') });
  await chat.sendMessage({ message: 'draw a cat' });

  const second = await chat.sendMessage({ message: 'make it blue' });

  assert.ok(pictureOf(second).data.length > 1000);
  assert.ok((await requests())[1].body.contents[1].parts[1].thoughtSignature);
});

test('refuses a model picture without its signature', async () => {
  const cat = pictureOf(await ai.models.generateContent({
    model, contents: 'draw a cat', config: shape('1:1', '512'),
  }));
  const contents = [
    { role: 'user', parts: [{ text: 'draw a cat' }] },
    { role: 'model', parts: [{ text: 'Here it is' }, { inlineData: cat }] },
    { role: 'user', parts: [{ text: 'make it blue' }] },
  ];

  await assert.rejects(
    ai.models.generateContent({ model, contents }),
    refusal(400, /Image part is missing a thought_signature in content position 2, part position 2/));
});

test('counts tokens', async () => {
  const counted = await ai.models.countTokens({ model, contents: 'count to ten' });

  assert.equal(counted.totalTokens, 3);
});

test('gets a model', async () => {
  const found = await ai.models.get({ model });

  assert.equal(found.name, `models/${model}`);
  assert.equal(found.inputTokenLimit, 131072);
});

test('lists all models over several pages', async () => {
  const names = new Set();
  for await (const listed of await ai.models.list({ config: { pageSize: 2 } })) {
    names.add(listed.name);
  }

  assert.equal(names.size, 5);
  assert.ok(names.has(`models/${model}`));
  assert.equal((await requests()).length, 3);
});

test('uploads a file, uses it and deletes it', async () => {
  const lighthouse = pictureOf(await ai.models.generateContent({
    model, contents: 'a lighthouse', config: shape('3:4', '512'),
  }));
  const bytes = Buffer.from(lighthouse.data, 'base64');

  const file = await ai.files.upload({
    file: new Blob([bytes]), config: { mimeType: 'image/jpeg', displayName: 'lighthouse' },
  });

  assert.match(file.name, /^files\/[a-z0-9-]+$/);
  assert.equal(file.state, 'ACTIVE');
  assert.equal(file.sizeBytes, String(bytes.length));
  assert.equal((await ai.files.get({ name: file.name })).displayName, 'lighthouse');
  const listed = [];
  for await (const found of await ai.files.list()) {
    listed.push(found.name);
  }
  assert.deepEqual(listed, [file.name]);
  const response = await ai.models.generateContent({
    model, contents: [{ text: 'paint it red' }, { fileData: { fileUri: file.uri, mimeType: file.mimeType } }],
  });
  assert.ok(pictureOf(response).data.length > 1000);
  await ai.files.delete({ name: file.name });
  await assert.rejects(
    ai.files.get({ name: file.name }),
    refusal(403, /You do not have permission to access the File/));
});

test('refuses an invalid key', async () => {
  const stranger = new GoogleGenAI({ apiKey: 'wrong', httpOptions });

  await assert.rejects(
    stranger.models.generateContent({ model, contents: 'a cat' }),
    refusal(400, /API key not valid[^]*API_KEY_INVALID/));
});

test('refuses an unknown ratio', async () => {
  await assert.rejects(
    ai.models.generateContent({ model, contents: 'a cat', config: shape('7:5', '1K') }),
    refusal(400, /aspect_ratio must be one of '1:1', '1:4'/));
});

test('tells when to retry', async () => {
  await script({ kind: 'rateLimited', retryDelay: '34s' });

  await assert.rejects(
    ai.models.generateContent({ model, contents: 'a cat' }),
    refusal(429, /RESOURCE_EXHAUSTED[^]*"retryDelay":"34s"/));
});

test('blocks a prompt', async () => {
  await script({ kind: 'promptBlocked', blockReason: 'PROHIBITED_CONTENT' });

  const response = await ai.models.generateContent({ model, contents: 'something bad' });

  assert.equal(response.candidates, undefined);
  assert.equal(response.promptFeedback.blockReason, 'PROHIBITED_CONTENT');
});

test('draws a batch', async () => {
  const inlinedRequests = ['a cat', 'a dog'].map((text) => ({
    contents: [{ role: 'user', parts: [{ text }] }], metadata: { key: text }, config: shape('1:1', '1K'),
  }));
  const made = await ai.batches.create({ model, src: inlinedRequests, config: { displayName: 'pets' } });
  assert.equal(made.state, 'JOB_STATE_PENDING');

  await fetch(`${url}/emulator/clock`, { method: 'POST', body: JSON.stringify({ advance: '3600s' }) });

  const done = await ai.batches.get({ name: made.name });
  assert.equal(done.state, 'JOB_STATE_SUCCEEDED');
  assert.equal(done.displayName, 'pets');
  assert.equal(done.dest.inlinedResponses.length, 2);
  assert.ok(pictureOf(done.dest.inlinedResponses[1].response).data.length > 1000);
  await ai.batches.delete({ name: made.name });
});

test('draws a batch of a file', async () => {
  const lines = ['a', 'b'].map((key) =>
    JSON.stringify({ key, request: { contents: [{ parts: [{ text: 'a cat' }] }], generationConfig: shape('1:1', '1K') } }));
  const file = await ai.files.upload({ file: new Blob([lines.join('\n')]), config: { mimeType: 'application/jsonl' } });
  const made = await ai.batches.create({ model, src: file.name });

  await fetch(`${url}/emulator/clock`, { method: 'POST', body: JSON.stringify({ advance: '3600s' }) });

  const done = await ai.batches.get({ name: made.name });
  await ai.files.download({ file: done.dest.fileName, downloadPath: 'results.jsonl' });
  const results = (await readFile('results.jsonl', 'utf8')).trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(results.map((result) => result.key), ['a', 'b']);
  assert.ok(pictureOf(results[0].response).data.length > 1000);
  await ai.batches.delete({ name: made.name });
});

test('lists and cancels batches', async () => {
  const src = [{ contents: [{ role: 'user', parts: [{ text: 'a cat' }] }] }];
  const made = await ai.batches.create({ model, src });

  await ai.batches.cancel({ name: made.name });

  const names = [];
  for await (const batch of await ai.batches.list({ config: { pageSize: 5 } })) {
    names.push([batch.name, batch.state]);
  }
  assert.deepEqual(names, [[made.name, 'JOB_STATE_CANCELLED']]);
  await ai.batches.delete({ name: made.name });
});

test('serves Vertex AI', async () => {
  const authClient = {
    getRequestHeaders: async () => new Headers({ Authorization: 'Bearer token' }),
    request: async () => { throw new Error('no other request is expected'); },
  };
  const vertex = new GoogleGenAI({
    vertexai: true, project: 'p', location: 'global', httpOptions: { baseUrl: url }, googleAuthOptions: { authClient },
  });

  const response = await vertex.models.generateContent({
    model, contents: 'a cat', config: { imageConfig: { aspectRatio: '1:1', outputMimeType: 'image/png' } },
  });

  assert.equal(Buffer.from(pictureOf(response).data, 'base64').subarray(1, 4).toString(), 'PNG');
  assert.ok(response.createTime);
  const [received] = await requests();
  assert.equal(received.path,
    `/v1beta1/projects/p/locations/global/publishers/google/models/${model}:generateContent`);
  assert.deepEqual(received.headers.Authorization ?? received.headers.authorization, ['Bearer token']);
});
