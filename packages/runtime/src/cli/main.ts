throw new Error('The command line is not written yet.')
