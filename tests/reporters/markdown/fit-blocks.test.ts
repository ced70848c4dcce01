import { describe, expect, test } from 'vitest';
import { fitBlocks } from '../../../reporters/markdown/fit-blocks.ts';

const fence = `\`\`\`sh\n${'ü😀'.repeat(200)}\n\`\`\``;
const blocks = ['head', fence, fence, fence, 'link'];

describe('blocks', () => {
  test('stand one below the other where there is room', () => {
    expect(fitBlocks(['a', 'b'], 100)).toBe('a\n\nb\n');
  });

  test('are left out whole, from the end, with a sentence; the last one stays', () => {
    const text = fitBlocks(blocks, 3000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(3000);
    expect(text.split(fence)).toHaveLength(3);
    expect(text).toMatch(/_1 more part left out here, for want of room; [^\n]*_\n\nlink\n$/);
  });

  test('never take more room than there is, nor leave a fence open or half a character', () => {
    for (let room = 260; room < 4000; room += 7) {
      const text = fitBlocks(blocks, room);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(room);
      expect((text.match(/```/g) ?? []).length % 2).toBe(0);
      expect(text).not.toContain('\ufffd');
      expect(text).toMatch(/^head\n[\s\S]*link\n$/);
    }
  });

  test('that do not fit at all are refused', () => {
    expect(() => fitBlocks(blocks, 100)).toThrow('there is no room for it: 100 bytes are left');
    expect(() => fitBlocks(blocks, -5)).toThrow('0 bytes are left');
  });
});
