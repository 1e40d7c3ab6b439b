import { clsx, type ClassValue } from 'clsx';

/** Joins the class names that are set. */
export const cn = (...given: ClassValue[]): string => clsx(given);
