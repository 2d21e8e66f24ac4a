"""Write the files of the description anew: `python -m description`."""

from description.files import files

if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text)
