import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';
import { projectPath } from '../../process/project-paths.js';

const assets = {
  'report.css': 'text/css; charset=utf-8',
  'live.css': 'text/css; charset=utf-8',
  'live.js': 'text/javascript; charset=utf-8',
} as const;

/** Adds what every page loads; it holds nothing of a run, and so anybody may have it. */
export function assetRoutes(app: Hono): void {
  for (const [name, type] of Object.entries(assets)) {
    const text = readFileSync(projectPath(`pages/${name}`), 'utf8');
    app.get(`/assets/${name}`, (c) => c.body(text, 200, { 'Content-Type': type }));
  }
}
