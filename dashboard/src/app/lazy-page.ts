import { lazyRouteComponent as lazyComponent } from '@tanstack/react-router';
import { whenThere } from '@/lib/when-there';

/** A page whose file is fetched when it is first wanted; while the server is away, the page before it stays. */
export const lazyRouteComponent: typeof lazyComponent = (load, name) => lazyComponent(whenThere(load), name);
