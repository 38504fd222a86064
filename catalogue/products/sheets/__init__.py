"""Product sheets: reading CSV and XLSX files, checking them row by row, and importing what is good as drafts."""
