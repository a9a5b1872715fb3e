package io.github.camelgemini.image.model;

import io.github.camelgemini.image.secret.Secrets;
import java.io.Serializable;
import java.util.List;

/**
 * The search results that the model used.
 *
 * @param sources the pages and pictures, in the order of the answer
 * @param webSearchQueries the queries for Google Search
 * @param imageSearchQueries the queries for Google's image search
 * @param searchEntryPoint search suggestions as HTML, or null. Google requires an application that shows a grounded
 *     answer to show them too (ai.google.dev/gemini-api/docs/google-search).
 */
public record Grounding(
        List<Source> sources, List<String> webSearchQueries, List<String> imageSearchQueries, String searchEntryPoint)
        implements Serializable {

    /** Copies the lists, and removes credentials from the texts. */
    public Grounding {
        sources = List.copyOf(sources);
        webSearchQueries = webSearchQueries.stream().map(Secrets::redact).toList();
        imageSearchQueries = imageSearchQueries.stream().map(Secrets::redact).toList();
        searchEntryPoint = Secrets.redact(searchEntryPoint);
    }

    /** The number of billed searches. */
    public int searches() {
        return webSearchQueries.size() + imageSearchQueries.size();
    }

    /**
     * A page, or a picture on a page.
     *
     * @param title of the page
     * @param uri of the page; for a web page, a redirect by Google
     * @param imageUri of the picture, or null for a page
     */
    public record Source(String title, String uri, String imageUri) implements Serializable {

        /** Removes credentials. */
        public Source {
            title = Secrets.redact(title);
            uri = Secrets.address(uri);
            imageUri = Secrets.address(imageUri);
        }
    }
}
