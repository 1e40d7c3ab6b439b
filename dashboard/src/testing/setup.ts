import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// Tests wait for what they expect. How long that takes is the machine's: one that also compiles needs more than the
// library's second.
configure({ asyncUtilTimeout: 20_000 });
afterEach(cleanup);
