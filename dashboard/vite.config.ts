import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type Modules = { getModuleInfo: (id: string) => { importedIds: readonly string[] } | null };

/** Everything that the first page needs, found once: what main.tsx imports, and what that imports. */
const firstNeeded = new Set<string>();
const isFirstNeeded = (id: string, modules: Modules): boolean => {
  const main = at('./src/main.tsx');
  const open = firstNeeded.size > 0 ? [] : [main];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (firstNeeded.has(next)) continue;
    firstNeeded.add(next);
    // Files that only list others name what any page uses.
    if (!/node_modules\/(lucide-react|radix-ui)\//.test(next))
      open.push(...(modules.getModuleInfo(next)?.importedIds ?? []));
  }
  return id !== main && firstNeeded.has(id);
};

// The form that signs in has no tables, and is seen first: what draws them is a file of its own.
const isShared = /\/src\/(components(?!\/(sign-in-form|data-table|table-columns))|data|lib)\/|\/node_modules\/lucide-react\//;
const isIcon = /\/node_modules\/(lucide-react|@tabler\/icons-react)\//;

const known = new Map<string, boolean>();
/** Whether a module, or what it imports, is of a package that the first page does without: forms, dialogs, diffs. */
const isHeavy = (id: string, modules: Modules): boolean => {
  const before = known.get(id);
  if (before !== undefined) return before;
  known.set(id, false); // of a circle, the others decide
  const found =
    !isFirstNeeded(id, modules) &&
    !isIcon.test(id) &&
    (id.includes('/node_modules/') ||
      (modules.getModuleInfo(id)?.importedIds ?? []).some((each) => isHeavy(each, modules)));
  known.set(id, found);
  return found;
};

export default defineConfig(({ mode }) => {
  const target = loadEnv(mode, import.meta.dirname, 'VITE_').VITE_PROXY_TARGET ?? 'http://localhost:8000';
  const proxy = Object.fromEntries(['/api', '/site'].map((path) => [path, { target, ws: true }]));
  return {
    // Relative, so that one build works below any path: the server writes <base> into index.html.
    base: './',
    plugins: [react(), tailwindcss()],
    resolve: { alias: { '@strings': at('./src/strings/en'), '@': at('./src') } },
    server: { port: 5173, proxy },
    preview: { proxy },
    build: {
      target: 'es2023',
      manifest: true,
      // Small files stay files: a data: address would need an exception in the content policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 700,
      rolldownOptions: {
        output: {
          // One file: what pages share with the frame would otherwise be parted from it, into many that compress less.
          codeSplitting: {
            groups: [
              { debugName: 'frame', name: (id, modules) => (isFirstNeeded(id, modules) ? 'frame' : null), priority: 2 },
              // What many pages are made of: else each would ask for twenty files of a few hundred bytes. Forms and
              // dialogs bring libraries with them, and are a file of their own: the first page that somebody sees has
              // none.
              {
                debugName: 'parts',
                name: (id, modules) => (isShared.test(id) ? (isHeavy(id, modules) ? 'forms' : 'parts') : null),
                minShareCount: 5,
                maxModuleSize: 20_000,
                priority: 1,
              },
            ],
          },
        },
      },
    },
    test: {
      environment: 'jsdom',
      globals: false,
      include: ['src/**/*.test.{ts,tsx}'],
      setupFiles: ['src/testing/setup.ts'],
      env: { TZ: 'UTC' },
      testTimeout: 60_000,
    },
  };
});
