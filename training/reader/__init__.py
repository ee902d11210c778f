"""Fitting the learned reader: annotated pages in, the files of `onrecord.statements.learned` out."""
