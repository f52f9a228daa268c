import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { ToVisitor } from '../../protocol/visitor-frames.ts';
import { challengeFrame, sceneFrames } from '../preview/scene-frames.ts';
import { type PreviewScene, parseScene, previewAddress, previewViews } from '../state/widget-preview.ts';

const scene: PreviewScene = {
  view: 'chat',
  language: 'nl',
  site: { name: 'Gloed & Co #1 😀', ask: ['name'], files: true },
  queue: 'Sales',
  waiting: 'One moment.',
  agent: 'Anna',
  messages: [
    { by: 'agent', text: 'Welcome' },
    { by: 'visitor', text: 'Hello' },
  ],
};

test('a preview comes out of its address as it went in, and nothing comes out of another', () => {
  expect(parseScene(new URL(previewAddress(scene), 'https://x.example').hash)).toEqual(scene);
  for (const hash of ['', '#', '#%', '#null', '#{}', '#%7B%22view%22%3A1%7D', '#[1]'])
    expect([hash, parseScene(hash)]).toEqual([hash, null]);
});

test('everything that a preview tells the widget is what a server could tell it', () => {
  const schema = Compile(ToVisitor);
  for (const view of previewViews)
    for (const frame of [challengeFrame(1), ...sceneFrames({ ...scene, view }, 1)])
      expect([view, frame, schema.Check(frame)]).toEqual([view, frame, true]);
});

test('a preview is at its place: before a chat, waiting, or in it', () => {
  const kindsOf = (view: PreviewScene['view']) =>
    sceneFrames({ ...scene, view }, 1).map((frame) => (frame.type === 'event' ? frame.event.body.type : frame.type));
  expect(kindsOf('start')).toEqual(['ready']);
  expect(kindsOf('waiting')).toEqual(['ready', 'requested', 'signal']);
  expect(kindsOf('chat')).toEqual(['ready', 'requested', 'accepted', 'message', 'message']);
});
