import { writeFile } from 'node:fs/promises';
import { GoogleGenAI } from '@google/genai';

const ai = new GoogleGenAI({ apiKey: 'any-key', httpOptions: { baseUrl: 'http://localhost:8080' } });
const answer = await ai.models.generateContent({
  model: 'gemini-nano-banana-2.1',
  contents: 'A T-Rex relaxing on a beach',
  config: { imageConfig: { aspectRatio: '16:9' } },
});
const picture = answer.candidates[0].content.parts.find((part) => part.inlineData);
await writeFile('t-rex.jpg', Buffer.from(picture.inlineData.data, 'base64'));
