import {
  MantineProvider,
  createTheme,
  useComputedColorScheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

const token = (name: string): string => `var(--color-${name})`;

/** Mantine wants ten shades; every one is the theme's accent, so both themes come from tokens.css alone. */
const accent: MantineColorsTuple = [
  token('accent-bg'),
  token('accent-bg'),
  token('accent-bg'),
  token('accent'),
  token('accent'),
  token('accent'),
  token('accent'),
  token('accent'),
  token('accent-strong'),
  token('accent-strong'),
];

const compact = { size: 'xs' } as const;
const quick = { transitionProps: { duration: 80 } } as const;

const theme = createTheme({
  fontFamily: 'var(--font-sans)',
  fontFamilyMonospace: 'var(--font-mono)',
  colors: { accent },
  primaryColor: 'accent',
  primaryShade: 5,
  defaultRadius: 5,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '18px', md: '18px', lg: '20px', xl: '26px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  components: {
    Button: { defaultProps: compact },
    TextInput: { defaultProps: compact },
    PasswordInput: { defaultProps: compact },
    NumberInput: { defaultProps: compact },
    Textarea: { defaultProps: compact },
    Select: { defaultProps: { ...compact, comboboxProps: quick } },
    MultiSelect: { defaultProps: { ...compact, comboboxProps: quick } },
    Checkbox: { defaultProps: compact },
    Switch: { defaultProps: compact },
    SegmentedControl: { defaultProps: compact },
    Modal: { defaultProps: quick },
    Drawer: { defaultProps: quick },
    Menu: { defaultProps: quick },
    Popover: { defaultProps: quick },
  },
});

const shared = {
  '--mantine-color-body': token('panel'),
  '--mantine-color-text': token('text'),
  '--mantine-color-dimmed': token('faint'),
  '--mantine-color-placeholder': token('faint'),
  '--mantine-color-default': token('raised'),
  '--mantine-color-default-hover': token('hover'),
  '--mantine-color-default-color': token('text'),
  '--mantine-color-default-border': token('line-strong'),
  '--mantine-color-error': token('over'),
  '--mantine-color-disabled': token('panel'),
  '--mantine-color-disabled-color': token('faint'),
  '--mantine-color-disabled-border': token('line'),
  '--mantine-color-anchor': token('accent'),
  '--mantine-primary-color-contrast': token('on-accent'),
  '--mantine-primary-color-filled': token('accent'),
  '--mantine-primary-color-filled-hover': token('accent-strong'),
  '--mantine-primary-color-light': token('accent-bg'),
  '--mantine-primary-color-light-color': token('accent'),
  '--mantine-color-accent-filled': token('accent'),
  '--mantine-color-accent-filled-hover': token('accent-strong'),
  '--mantine-color-accent-light': token('accent-bg'),
  '--mantine-color-accent-light-color': token('accent'),
  '--mantine-color-accent-outline': token('accent'),
  '--mantine-color-white': token('on-accent'),
};

const resolveVariables: CSSVariablesResolver = () => ({ variables: shared, light: shared, dark: shared });

/** The theme that is on, for what cannot be reached by its colours. */
export function useScheme(): 'dark' | 'light' {
  return useComputedColorScheme('dark');
}

/** Colours and sizes of every widget; `theme` is already resolved from the person's choice and the system's. */
export function ThemeProvider({
  scheme,
  children,
}: {
  readonly scheme: 'dark' | 'light';
  readonly children: ReactNode;
}) {
  useEffect(() => {
    document.documentElement.dataset['theme'] = scheme;
  }, [scheme]);

  return (
    <MantineProvider theme={theme} forceColorScheme={scheme} cssVariablesResolver={resolveVariables}>
      {children}
    </MantineProvider>
  );
}
