"""The workbench: the web application in which a small team reads, decides and sees."""
