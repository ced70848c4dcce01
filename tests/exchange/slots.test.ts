import { expect, test } from 'vitest';
import { createSlots } from '../../exchange/slots.ts';

test('lets so many in at a time, in the order they came', async () => {
  const slots = createSlots(2);
  const order: number[] = [];
  let inside = 0;
  let most = 0;
  await Promise.all(
    [0, 1, 2, 3, 4, 5].map(async (index) => {
      await slots.take();
      order.push(index);
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 1));
      inside -= 1;
      slots.give();
    }),
  );
  expect(order).toEqual([0, 1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

test('lets who is urgent go before all who are not', async () => {
  const slots = createSlots(1);
  const order: string[] = [];
  const go = async (name: string, isUrgent?: boolean) => {
    await slots.take(isUrgent);
    order.push(name);
    await new Promise((resolve) => setTimeout(resolve, 1));
    slots.give();
  };
  await Promise.all([go('first'), go('second'), go('third'), go('urgent', true), go('urgent, too', true)]);
  expect(order).toEqual(['first', 'urgent', 'urgent, too', 'second', 'third']);
});

test.each([0, -1, 1.5, Number.NaN])('refuses %d slots', (size) => {
  expect(() => createSlots(size)).toThrow(/concurrency/);
});
