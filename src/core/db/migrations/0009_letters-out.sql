-- Letters out.
SELECT 1;
