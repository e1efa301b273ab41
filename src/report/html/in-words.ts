import { shortList } from '../../model/short-list.js';
import type { Column } from '../column.js';

const mostTold = 6;

/** What a chart shows, for those who do not see it: its first rows; all of them are in the table below it. */
export function inWords(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const told = rows.map(([name = '', ...cells]) => {
    const parts = cells.map((cell, index) => `${columns[index + 1]?.label ?? ''} ${cell}`);
    return `${name}: ${parts.join(', ')}`;
  });
  return `${shortList(told, mostTold, '; ')}. The table after the chart has all figures.`;
}
