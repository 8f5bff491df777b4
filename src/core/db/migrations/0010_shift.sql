-- Shifts and what is handed over.
SELECT 1;
