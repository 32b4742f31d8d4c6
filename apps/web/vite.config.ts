import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;
const outDir = join(root, '../../dist/web');

/** Where `npx vite apps/web` finds the API: the same origin as far as the browser can tell. */
const API = process.env['CLICKPOST_API'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root,
  // Nothing is inlined: the content security policy allows neither inline scripts nor styles without a nonce.
  html: { cspNonce: '__CSP_NONCE__' },
  // The pure functions of `#platforms/core` are built from their source.
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  build: {
    outDir,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    // The first versions that know `light-dark()`: translated for older ones it loses the component library's colour scheme.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    chunkSizeWarningLimit: 800,
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: {
      // "use client" speaks to frameworks that render on a server.
      onLog: (level, log, handle) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && handle(level, log),
    },
  },
  server: { host: '127.0.0.1', proxy: { '/v1': API, '/docs': API, '/health': API, '/outbox': API } },
  plugins: [precompressed()],
});

/** Writes `.br` and `.gz` beside every script and style, so that serving them costs nothing. */
function precompressed(): Plugin {
  return {
    name: 'clickpost:precompressed',
    apply: 'build',
    async closeBundle() {
      const assets = join(outDir, 'assets');
      const files = (await readdir(assets)).filter((name) => /\.(js|css|svg)$/.test(name));
      await Promise.all(files.map((name) => compress(join(assets, name))));
    },
  };
}

async function compress(file: string): Promise<void> {
  const bytes = await readFile(file);
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    promisify(gzip)(bytes, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
}
