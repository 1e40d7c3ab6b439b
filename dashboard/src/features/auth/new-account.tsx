/** What somebody gives for an account of their own, on signing up and behind an invitation. */
import type { FieldErrors, UseFormRegisterReturn } from 'react-hook-form';
import * as z from 'zod/mini';
import { TextField } from '@/components/field';
import { PasswordField } from '@/components/sign-in-form';
import { authStrings as words } from '@strings/auth';

/** These fields of a form's shape. */
export const accountShape = {
  full_name: z.string(),
  email: z.string().check(z.minLength(1, words.needEmail)),
  password: z.string().check(z.minLength(1, words.needPassword)),
};

type Account = Record<keyof typeof accountShape, string>;

/** What the API takes of them: a name that was left empty is none. */
export const accountOf = ({ full_name, email, password }: Account) => {
  const name = full_name.trim();
  return { email: email.trim(), password, ...(name ? { full_name: name } : {}) };
};

type AccountFieldsProps = {
  register: (name: keyof Account) => UseFormRegisterReturn;
  errors: FieldErrors<Account>;
  /** The form begins with them. */
  isFirst?: boolean;
  /** The address is given, and stays. */
  isForAddress?: boolean;
};

export const AccountFields = ({ register, errors, isFirst, isForAddress }: AccountFieldsProps) => (
  <>
    <TextField
      label={words.fullName}
      autoComplete="name"
      autoFocus={isFirst}
      optional
      error={errors.full_name?.message}
      {...register('full_name')}
    />
    <TextField
      label={words.email}
      type="email"
      autoComplete="email"
      readOnly={isForAddress}
      help={isForAddress ? words.inviteForAddress : undefined}
      error={errors.email?.message}
      {...register('email')}
    />
    <PasswordField
      newPassword
      help={words.passwordHelp}
      error={errors.password?.message}
      {...register('password')}
    />
  </>
);
