import type { Toolchain } from '../../src/model/toolchain.js';

/** A toolchain that is nowhere, for a test that only looks at what would be started. */
export function madeUpToolchain({
  connectorJars,
  python = '/venv/bin/python',
}: {
  readonly connectorJars: readonly string[];
  readonly python?: string;
}): Toolchain {
  return {
    java: { home: '/jdk', executable: '/jdk/bin/java', version: '17', major: 17, source: 'PATH' },
    python: { executable: python, version: '3.11.1' },
    spark: { home: '/spark', version: '4.2.0', scala: '2.13', source: 'PyPI', connectorJars },
    kafka: { version: '4.1.1', classPath: [] },
    notes: [],
  };
}
