import { lazyRouteComponent as lazyComponent } from '@tanstack/react-router';
import { whenThere } from '@/lib/when-there';

/** A page whose file is loaded on first use; while the server is away, the previous page stays. */
export const lazyRouteComponent: typeof lazyComponent = (load, name) => lazyComponent(whenThere(load), name);
