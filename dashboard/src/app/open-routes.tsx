/** The addresses that need no session: signing in and up, and the links that mails and reviewers bring. */
import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { lazyRouteComponent } from './lazy-page';
import { PageError, Stray } from './page-error';
import { search } from './search';

export const root = createRootRoute({ component: Outlet, notFoundComponent: Stray, errorComponent: PageError });

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/app', replace: true });
  },
});

const comeBack = search({ to: 'string', email: 'string', problem: 'string' });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: comeBack,
  component: lazyRouteComponent(() => import('@/features/auth/sign-in-page'), 'SignInPage'),
});

const arrived = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/arrived',
  component: lazyRouteComponent(() => import('@/features/auth/arrived-page'), 'ArrivedPage'),
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  validateSearch: comeBack,
  component: lazyRouteComponent(() => import('@/features/auth/sign-up-page'), 'SignUpPage'),
});

// Mails link here.
const links = () => import('@/features/auth/link-pages');
const linkPage = <Path extends string>(path: Path, name: keyof Awaited<ReturnType<typeof links>>) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(links, name) });
const verifyEmail = linkPage('/app/verify-email', 'VerifyEmailPage');
const resetPassword = linkPage('/app/reset-password', 'ResetPasswordPage');
const invite = createRoute({
  getParentRoute: () => root,
  path: '/app/invite',
  component: lazyRouteComponent(() => import('@/features/auth/invite-page'), 'InvitePage'),
});
const forgotPassword = linkPage('/forgot-password', 'ForgotPasswordPage');

// Review links lead here; they need no account.
const review = createRoute({
  getParentRoute: () => root,
  path: '/app/review',
  component: lazyRouteComponent(() => import('@/features/review/review-page'), 'ReviewPage'),
});

// Confirmation links lead here; they need no session.
const confirm = createRoute({
  getParentRoute: () => root,
  path: '/app/confirm',
  component: lazyRouteComponent(() => import('@/features/confirm/confirm-page'), 'ConfirmPage'),
});

export const openRoutes = [
  index,
  signIn,
  arrived,
  signUp,
  verifyEmail,
  resetPassword,
  invite,
  forgotPassword,
  review,
  confirm,
] as const;
