-- Keeping.
SELECT 1;
