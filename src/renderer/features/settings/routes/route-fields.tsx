import { useTranslation } from 'react-i18next';
import type { RouteField } from '../../../../shared/domain/route-kinds/route-kind-spec.ts';
import type { RouteKind } from '../../../../shared/domain/route-kinds.ts';
import { useRuntimeText } from '../../../lib/runtime-text.ts';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { specOf, type RouteForm } from './route-form.ts';
import { SecretField } from './secret-field.tsx';
import { useAccountOptions } from './use-account-options.ts';

/** Templates name them in double braces, which the catalogue would take for places of its own. */
const places = Object.fromEntries(
  ['number', 'text', 'login', 'password', 'sender', 'id', 'digits'].map((name) => [name, `{{${name}}}`]),
);

/** The words of a field: those of its kind, else those that kinds share. */
export function useFieldWords(): (
  kind: RouteKind,
  name: string,
) => { readonly label: string; readonly hint: string | undefined } {
  const { i18n } = useTranslation();
  // Fields are data: which words there are is known at run time.
  const text = (key: string): string | undefined =>
    i18n.exists(key) ? (i18n.t as (key: string, places: object) => string)(key, places) : undefined;
  return (kind, name) => ({
    label: text(`routes.kinds.${kind}.${name}`) ?? text(`routes.fields.${name}`) ?? name,
    hint: text(`routes.kinds.${kind}.${name}Hint`) ?? text(`routes.hints.${name}`),
  });
}

/** What a kind of route asks for, drawn from its description. */
export function RouteFields({
  form,
  kept,
  missing,
  further,
  onForm,
}: {
  readonly form: RouteForm;
  /** Secrets there are already. */
  readonly kept: readonly string[];
  /** Shown as empty where something is needed. */
  readonly missing: ReadonlySet<string>;
  readonly further: boolean;
  readonly onForm: (form: RouteForm) => void;
}) {
  const { t } = useTranslation();
  const words = useFieldWords();
  const setField = (name: string, value: string): void =>
    onForm({ ...form, fields: { ...form.fields, [name]: value } });
  return specOf(form.kind)
    .fields.filter((field) => (field.further ?? false) === further)
    .map((field) => {
      const { label, hint } = words(form.kind, field.name);
      const error = missing.has(field.name) ? t('routes.form.needed') : undefined;
      if (field.secret) {
        return (
          <SecretField
            key={field.name}
            label={label}
            hint={hint}
            isKept={kept.includes(field.name)}
            long={field.as === 'long-text'}
            value={form.secrets[field.name]}
            error={error}
            onChange={(value) => onForm({ ...form, secrets: withSecret(form.secrets, field.name, value) })}
          />
        );
      }
      return (
        <OpenField
          key={field.name}
          field={field}
          kind={form.kind}
          label={label}
          hint={hint}
          error={error}
          value={form.fields[field.name] ?? ''}
          onChange={(value) => setField(field.name, value)}
        />
      );
    });
}

function withSecret(
  secrets: RouteForm['secrets'],
  name: string,
  value: string | undefined,
): RouteForm['secrets'] {
  const { [name]: _before, ...rest } = secrets;
  return value === undefined ? rest : { ...rest, [name]: value };
}

function OpenField({
  field,
  kind,
  label,
  hint,
  error,
  value,
  onChange,
}: {
  readonly field: RouteField;
  readonly kind: RouteKind;
  readonly label: string;
  readonly hint: string | undefined;
  readonly error: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const text = useRuntimeText();
  const accounts = useAccountOptions(kind, field.as === 'account');
  switch (field.as) {
    case 'switch':
      return (
        <Switch
          label={label}
          description={hint}
          checked={value === '1'}
          onChange={(checked) => onChange(checked ? '1' : '')}
        />
      );
    case 'choice':
      return (
        <Select
          label={label}
          description={hint}
          error={error}
          value={value || (field.initial ?? null)}
          options={(field.values ?? []).map((choice) => ({
            value: choice,
            label:
              text(`routes.choices.${kind}.${field.name}.${choice}`) ??
              text(`routes.choices.${field.name}.${choice}`) ??
              choice,
          }))}
          onChange={(choice) => onChange(choice ?? '')}
        />
      );
    case 'account':
      return (
        <Select
          label={label}
          description={hint}
          error={error}
          value={value || null}
          options={accounts}
          onChange={(choice) => onChange(choice ?? '')}
        />
      );
    case 'long-text':
      return (
        <TextArea label={label} description={hint} error={error} mono value={value} onChange={onChange} />
      );
    case 'text':
    case 'url':
    case 'number':
      return (
        <Field
          label={label}
          description={hint}
          error={error}
          value={value}
          inputMode={field.as === 'number' ? 'numeric' : 'text'}
          mono={field.as === 'url'}
          autoComplete="off"
          onChange={onChange}
        />
      );
  }
}
