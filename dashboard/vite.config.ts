import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

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
    },
    test: {
      environment: 'jsdom',
      globals: false,
      include: ['src/**/*.test.{ts,tsx}'],
      setupFiles: ['src/testing/setup.ts'],
      env: { TZ: 'UTC' },
    },
  };
});
