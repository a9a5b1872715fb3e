package io.github.camelgemini.image.secret;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.Serial;

/** Makes JSON trees of what others sent, whose strings are without credentials. */
public final class OutsideNodes extends JsonNodeFactory {

    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public TextNode textNode(String text) {
        return super.textNode(Secrets.redact(text));
    }
}
