import { linkedPieces } from './linked-pieces.js';

describe('words of a sentence that lead somewhere', () => {
  const [music, branded] = [
    { text: "TikTok's Music Usage Confirmation", url: 'https://example.com/music' },
    { text: 'Branded Content Policy', url: 'https://example.com/branded' },
  ];

  it('stand where the sentence has them, whatever their order', () =>
    expect(
      linkedPieces("By posting, you agree to the Branded Content Policy and TikTok's Music Usage Confirmation.", [
        music,
        branded,
      ]),
    ).toEqual([{ text: 'By posting, you agree to the ' }, branded, { text: ' and ' }, music, { text: '.' }]));

  it('may begin and end it', () => expect(linkedPieces('Branded Content Policy', [branded])).toEqual([branded]));

  it('that do not stand in it are left out, and the sentence is whole', () =>
    expect(linkedPieces('I agree.', [music])).toEqual([{ text: 'I agree.' }]));

  it('are one link where two name the same words', () =>
    expect(
      linkedPieces('the Branded Content Policy', [branded, { text: 'Content', url: 'https://example.com' }]),
    ).toEqual([{ text: 'the ' }, branded]));
});
