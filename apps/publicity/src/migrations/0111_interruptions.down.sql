DROP TABLE publication_interruption;
