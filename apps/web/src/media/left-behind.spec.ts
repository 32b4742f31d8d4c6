import { readLeftBehind } from './left-behind.js';

const WORKSPACE = '01890000-0000-7000-8000-000000000001';
const endpoint = `http://127.0.0.1:3000/v1/workspaces/${WORKSPACE}/uploads`;

describe('Uploads that were left behind', () => {
  it('are found by what the browser remembers of them', () => {
    const kept = { size: 12, metadata: { filename: 'clip.mp4' }, uploadUrl: `${endpoint}/abc`, creationTime: 'today' };
    expect(readLeftBehind([[`tus::tus-uppy-clip/mp4-${endpoint}::123`, JSON.stringify(kept)]])).toEqual([
      {
        key: `tus::tus-uppy-clip/mp4-${endpoint}::123`,
        workspaceId: WORKSPACE,
        name: 'clip.mp4',
        bytes: 12,
        url: `${endpoint}/abc`,
      },
    ]);
  });

  it('are told apart from everything else that is kept', () => {
    expect(
      readLeftBehind([
        ['clickpost-last', '{}'],
        [`tus::tus-a-${endpoint}::1`, 'not json'],
        [`tus::tus-a-${endpoint}::2`, '{"size":1}'],
        ['tus::tus-a-https://elsewhere.example/files::3', '{"size":1,"uploadUrl":"x","metadata":{"filename":"y"}}'],
      ]),
    ).toEqual([]);
  });
});
