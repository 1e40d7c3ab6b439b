import { clsx, type ClassValue } from 'clsx';

/** Class names, those that hold. */
export const cn = (...given: ClassValue[]): string => clsx(given);
